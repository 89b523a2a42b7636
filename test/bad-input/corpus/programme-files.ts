/** Files that are no programme at all, and pictures that are none. */
export const files: { what: string; text: string; errors: Record<string, string> }[] = [
  {
    what: 'nothing',
    text: '',
    errors: { '/': 'The file is not JSON: Unexpected end of JSON input.' },
  },
  {
    what: 'a comment',
    text: '// programme\n{}',
    errors: {
      '/': 'The file is not JSON: Unexpected token \'/\', "// programme\n{}" is not valid JSON.',
    },
  },
  {
    what: 'YAML',
    text: 'name: Northwind\n',
    errors: {
      '/': 'The file is not JSON: Unexpected token \'a\', "name: Northwind\n" is not valid JSON.',
    },
  },
  {
    what: 'a programme that ends in its middle',
    text: '{ "name": "Northwind",',
    errors: {
      '/': 'The file is not JSON: Expected double-quoted property name in JSON at position 22 (line 1 column 23).',
    },
  },
  { what: 'null', text: 'null', errors: { '/': 'the file must be an object.' } },
  { what: 'a list', text: '[]', errors: { '/': 'the file must be an object.' } },
]

export const pictures: { what: string; svg: string; says: string }[] = [
  {
    what: 'an empty file',
    svg: '',
    says: 'The SVG is not well-formed XML: 1:0: document must contain a root element.',
  },
  {
    what: 'a PNG by another name',
    svg: '\u0089PNG\r\n',
    says: 'The SVG is not well-formed XML: 2:0: text data outside of root node.',
  },
  {
    what: 'HTML',
    svg: '<html></html>',
    says: 'This is not an SVG: its first element is no SVG element.',
  },
  {
    what: 'an entity',
    svg: '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    says: 'The SVG has a DOCTYPE, which can hide entities. Remove it.',
  },
]
