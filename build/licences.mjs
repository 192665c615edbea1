// The licences of what is inside the bundles, in one text beside them.

import { readdirSync, readFileSync } from 'node:fs'

/** From the metafiles of builds, and packages that they do not tell of. Throws for a package without a licence. */
export function licencesText(metafiles, more = []) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
  const all = new Set([...folders, ...more.map((name) => `node_modules/${name}`)])
  return [...all]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
  if (texts.length === 0 && !license) throw new Error(`${folder} is bundled, and tells no licence.`)
  const by = typeof author === 'string' ? author : author?.name
  return `${[`${name} ${version} (${license})`, ...(texts.length > 0 ? texts : [by && `Copyright ${by}`])].filter(Boolean).join('\n\n')}\n`
}
