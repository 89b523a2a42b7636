/** What a reader would see of the templates of a source: the words between tags, and in attributes that are read out. */
export function textInTemplates(source: string): string[] {
  return templates(source).flatMap((whole) => {
    const template = whole.replace(attributes, '')
    const spoken = template.matchAll(/\b(?:alt|aria-label|title|placeholder)="([^"]*)"/g)
    const between = template.replace(/<!?[a-z/][^>]*>/gi, '\n').replace(/&\w+;/g, '')
    return [...between.split('\n'), ...[...spoken].map(([, text = '']) => text)]
      .map((text) => text.replaceAll('\u{fffc}', '').trim())
      .filter((text) => /[a-z]{2}/i.test(text) && !names.includes(text))
  })
}

/** Strings that begin as a sentence does; names of attributes, classes and files begin small. */
export function wordsInStrings(source: string): string[] {
  return [...withoutComments(source).matchAll(/(?<!html)(['`])([A-Z][a-z]+\b[^'`]*)\1/g)]
    .map(([, , text = '']) => text)
    .filter((text) => !names.includes(text))
}

// A template may be the attributes of a tag that another one opens; what is read out of those is looked at all the same.
const attributes =
  /^(?: ?(?:checked|open|required|selected|(?:id|aria-describedby|lang|dir)="[^"]*"|aria-label="\u{fffc}"|\u{fffc}))+$/u

// Names of things are the same in every language.
const names = ['OpenAPI', 'Default Response', 'Organization', 'Person', 'Thing']

/** The texts of all `html` templates, each hole of theirs a single character; a template in a hole is one of its own. */
function templates(source: string): string[] {
  const found: string[] = []
  const code = withoutComments(source)
  const read = (from: number): number => {
    let text = ''
    let at = from
    while (at < code.length && code[at] !== '`') {
      if (code[at] === '\\') at += 2
      else if (code.startsWith('${', at)) {
        text += '\u{fffc}'
        at = hole(at + 2)
      } else text += code[at++]
    }
    found.push(text)
    return at + 1
  }
  const hole = (from: number): number => {
    let depth = 1
    let at = from
    while (at < code.length && depth > 0) {
      if (code.startsWith('html`', at)) at = read(at + 5)
      else {
        if (code[at] === '{') depth += 1
        if (code[at] === '}') depth -= 1
        at += 1
      }
    }
    return at
  }
  for (let at = code.indexOf('html`'); at >= 0; at = code.indexOf('html`', at)) at = read(at + 5)
  return found
}

function withoutComments(source: string): string {
  return source.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '')
}
