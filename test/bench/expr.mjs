// Evaluating rules: closures and generated source beside functions written by hand and beside other evaluators, on nine
// policies and on a mix of fifty that no inline cache can keep up with. Decisions are compared first.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { gzipSync } from 'node:zlib'
import { casbinOf, cedarOf, contexts, policies, roles, statuses, users } from './expr-policies.mjs'

const folder = 'test/bench/expr-peers'
const rounds = 7
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Nanoseconds for one evaluation: all contexts, again and again. */
function time(evaluate, repeats) {
  const started = process.hrtime.bigint()
  let granted = 0
  for (let n = 0; n < repeats; n++) for (const context of contexts) if (evaluate(context)) granted++
  return { each: Number(process.hrtime.bigint() - started) / (repeats * contexts.length), granted }
}

async function contestants() {
  const { compileExpression, sourceHelpers } = await import(pathToFileURL('dist/expr.js').href)
  const load = createRequire(pathToFileURL(`${folder}/package.json`))
  const { Environment } = await import(pathToFileURL(load.resolve('@marcbachmann/cel-js')).href)
  const { compileExpression: filtrex } = await import(pathToFileURL(load.resolve('filtrex')).href)
  const logic = load('json-logic-js')
  const bufbuild = await import(pathToFileURL(load.resolve('@bufbuild/cel')).href)
  const { newEnforcer, newModelFromString } = load('casbin')
  // V8 of Node 20 ends with “unreachable code” when it takes back a call of WebAssembly that it had inlined.
  setFlagsFromString('--no-turbo-inline-js-wasm-calls')
  const cedar = load('@cedar-policy/cedar-wasm/nodejs')
  const { defineAbility, subject } = await import(pathToFileURL(load.resolve('@casl/ability')).href)
  const field = (fields) => ({ fields: new Map(Object.entries(fields)) })
  const relation = { type: 'relation', to: 'User' }
  const schema = {
    entities: new Map([
      ['User', field({ role: { type: 'enum', options: roles }, level: { type: 'integer' } })],
      [
        'Task',
        field({
          status: { type: 'enum', options: statuses },
          rank: { type: 'integer' },
          open: { type: 'boolean' },
          createdBy: relation,
          assignee: relation,
        }),
      ],
    ]),
  }
  const compile = (source) => {
    const compiled = compileExpression(source, { schema, place: 'read', entity: 'Task' })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
    return compiled.expression
  }
  const cel = new Environment().registerVariable('user', 'map').registerVariable('entity', 'map')
  const dotted = {
    customProp: (name, _, { user, entity }) =>
      name
        .split('.')
        .slice(1)
        .reduce((at, key) => at?.[key], name.startsWith('user') ? user : entity),
  }
  // CASL is given a user once, and asked about rows.
  const abilities = (policy) => {
    const kept = new Map(
      users.map((user) => [
        user.id,
        defineAbility((can) => policy.casl(user).forEach((conditions) => can('do', 'Task', conditions))),
      ]),
    )
    return ({ user, entity }) => kept.get(user.id).can('do', subject('Task', { ...entity }))
  }
  const environment = bufbuild.celEnv()
  const casbin = async (policy) => {
    const enforcer = await newEnforcer(
      newModelFromString(
        `[request_definition]\nr = user, entity\n[policy_definition]\np = any\n[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = ${casbinOf(policy.cel)}`,
      ),
    )
    await enforcer.addPolicy('any')
    return ({ user, entity }) => enforcer.enforceSync(user, entity)
  }
  // Cedar is given its policies once; rows and users travel to it as data with each question.
  let sets = 0
  const cedarPolicy = (policy) => {
    const preparsedPolicySetId = `set ${sets++}`
    const parsed = cedar.preparsePolicySet(preparsedPolicySetId, { staticPolicies: cedarOf(policy.cel) })
    if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed))
    return ({ user, entity }) => {
      const principal = { type: 'User', id: user.id }
      const resource = { type: 'Task', id: entity.id }
      const { type, response } = cedar.statefulIsAuthorized({
        principal,
        action: { type: 'Action', id: 'do' },
        resource,
        context: {},
        preparsedPolicySetId,
        entities: [
          { uid: principal, attrs: user, parents: [] },
          { uid: resource, attrs: entity, parents: [] },
        ],
      })
      return type === 'success' && response.decision === 'allow'
    }
  }
  return {
    compile,
    by: {
      hand:
        (policy) =>
        ({ user, entity }) =>
          policy.hand(user, entity),
      source: (policy) => new Function('truth', `return ${compile(policy.truth).toSource()}`)(sourceHelpers),
      closure: (policy) => {
        const { evaluate } = compile(policy.truth)
        return evaluate
      },
      'cel-js': (policy) => {
        const run = cel.parse(policy.cel)
        return (context) => run({ user: context.user, entity: { ...context.entity } }) === true
      },
      filtrex: (policy) => {
        const run = filtrex(policy.filtrex.replace(/\b(user|entity)\.(\w+)/g, "'$1.$2'"), dotted)
        return (context) => run(context) === true || run(context) === 1
      },
      'json-logic': (policy) => (context) => logic.apply(policy.logic, context) === true,
      casl: abilities,
      casbin,
      'bufbuild cel': (policy) => {
        const run = bufbuild.plan(environment, bufbuild.parse(policy.cel))
        return ({ user, entity }) => run({ user, entity }) === true
      },
      cedar: cedarPolicy,
    },
  }
}

export async function run() {
  if (!existsSync(`${folder}/node_modules`)) {
    console.log('Installing the other evaluators …')
    execFileSync('npm', ['ci', '--prefix', folder], { stdio: 'ignore' })
  }
  const started = performance.now()
  const { compile, by } = await contestants()
  const names = Object.keys(by)
  console.log(
    `\nexpr, ${contexts.length} contexts; nanoseconds an evaluation and times the function written by hand, medians of ${rounds} rounds`,
  )
  const line = (title, figures) => {
    const [base] = figures
    console.log(
      `  ${title.padEnd(16)} ${names.map((name, at) => `${name} ${figures[at].toFixed(0)} (${(figures[at] / base).toFixed(1)})`).join('   ')}`,
    )
  }
  for (const policy of policies) {
    const evaluators = await Promise.all(names.map((name) => by[name](policy)))
    const granted = evaluators.map((evaluate) => contexts.map(evaluate).join())
    const differs = names.filter((_, at) => granted[at] !== granted[0])
    if (differs.length > 0) throw new Error(`${policy.name}: ${differs.join(', ')} decide otherwise`)
    const figures = evaluators.map(() => [])
    for (let round = 0; round < rounds; round++) {
      evaluators.forEach((evaluate, at) => figures[at].push(time(evaluate, at < 3 ? 400 : at < 7 ? 20 : 4).each))
    }
    line(policy.name, figures.map(median))
  }
  // Fifty different functions at one call site.
  const fifty = Array.from({ length: 50 }, (_, n) => {
    const policy = policies[n % policies.length]
    const other = statuses[n % 4]
    return {
      ...policy,
      truth: policy.truth.replaceAll("'todo'", `'${other}'`),
      hand: new Function(`return ${policy.hand.toString().replaceAll("'todo'", `'${other}'`)}`)(),
      cel: policy.cel.replaceAll('"todo"', `"${other}"`),
      filtrex: policy.filtrex.replaceAll('"todo"', `"${other}"`),
      logic: JSON.parse(JSON.stringify(policy.logic).replaceAll('"todo"', `"${other}"`)),
      casl: policy.casl,
    }
  })
  const mixes = await Promise.all(
    names.map(async (name) => {
      const evaluators = await Promise.all(fifty.map((policy) => by[name](policy)))
      return (context) => {
        let granted = 0
        for (const evaluate of evaluators) if (evaluate(context)) granted++
        return granted > 25
      }
    }),
  )
  const figures = mixes.map(() => [])
  for (let round = 0; round < rounds; round++)
    mixes.forEach((mix, at) => figures[at].push(time(mix, at < 3 ? 20 : 1).each / 50))
  line('mix of 50', figures.map(median))
  const text = policies[0].truth
  const compiling = []
  for (let n = 0; n < 4_000; n++) {
    // A blank more each time, so that no tree is kept from before.
    const source = text + ' '.repeat(n % 1_500) + (n >= 1_500 ? '\n'.repeat(n / 1_500) : '')
    const start = process.hrtime.bigint()
    compile(source).evaluate(contexts[0])
    compiling.push(Number(process.hrtime.bigint() - start) / 1000)
  }
  console.log(`  compiling ${text}: ${median(compiling.slice(1_000)).toFixed(0)} µs (bar 60)`)
  console.log(
    `  bar: source 1.1, closure 3.3 on the mix; whole bench ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  loading()
  await size()
}

/** Milliseconds that a process of its own takes to import an evaluator, in the median of five. */
function loading() {
  const { resolve } = createRequire(pathToFileURL(`${folder}/package.json`))
  const addresses = {
    truth: pathToFileURL('dist/expr.js').href,
    'cel-js': pathToFileURL(resolve('@marcbachmann/cel-js')).href,
    filtrex: pathToFileURL(resolve('filtrex')).href,
    'json-logic': pathToFileURL(resolve('json-logic-js')).href,
    casl: pathToFileURL(resolve('@casl/ability')).href,
    casbin: pathToFileURL(resolve('casbin')).href,
    'bufbuild cel': pathToFileURL(resolve('@bufbuild/cel')).href,
    cedar: pathToFileURL(resolve('@cedar-policy/cedar-wasm/nodejs')).href,
  }
  const figures = Object.entries(addresses).map(([name, address]) => {
    const code = `const start = performance.now(); await import('${address}'); console.log(performance.now() - start)`
    const run = () => Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }))
    return `${name} ${median(Array.from({ length: 5 }, run)).toFixed(0)}`
  })
  console.log(`  loading, in ms: ${figures.join('   ')}`)
}

/** What compiles expressions, as a bundler would take it in. */
async function size() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents: "export { compileExpression } from './dist/expr.js'", resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  })
  const [file] = outputFiles
  console.log(
    `  bundle: ${(file.contents.length / 1024).toFixed(0)} KiB minified, ${(gzipSync(file.contents).length / 1024).toFixed(0)} KiB gzip (bar 200 minified)`,
  )
}
