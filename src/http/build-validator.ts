import ajvCompiler from '@fastify/ajv-compiler'

type Build = ReturnType<typeof ajvCompiler>
type Compile = ReturnType<Build>

const build: Build = ajvCompiler()
const compilers = new Map<Compile, Compile>()

/** Fastify's compiler of schemas, one for the process: a schema that was compiled for one route or app is there for the next. */
export const buildValidator: Build = (...options) => {
  const compile = build(...options)
  const known = compilers.get(compile) ?? once(compile)
  compilers.set(compile, known)
  return known
}

/**
 * Compiles each schema once, when it is first needed: compiling all takes longer than the rest of a start. Fastify copies schemas of
 * headers, and routes make some of theirs for each app, so the text is compared.
 */
function once(compile: Compile): Compile {
  const known = new Map<string, ReturnType<Compile>>()
  return (route) => {
    const text = JSON.stringify((route as { schema: unknown }).schema)
    const validate = known.get(text) ?? late(() => compile(route))
    known.set(text, validate)
    return validate
  }
}

function late(compile: () => ReturnType<Compile>): ReturnType<Compile> {
  let compiled: ReturnType<Compile> | undefined
  const validate = (value: unknown) => {
    compiled ??= compile()
    const answer = compiled(value)
    validate.errors = compiled.errors
    return answer
  }
  validate.errors = undefined as ReturnType<Compile>['errors']
  return validate as ReturnType<Compile>
}
