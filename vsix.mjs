// Packs the VS Code extension: one VSIX for all platforms, of the files that `.vscodeignore` lets through.
// A VSIX is a zip with a manifest; this writes it without the 280 packages of vsce. `npx @vscode/vsce publish
// --packagePath` takes the file as it is.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { zipSync } from 'fflate'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

/** The files of the extension, sorted: what stands behind a `!` in `.vscodeignore`. */
export function extensionFiles() {
  const patterns = readFileSync('.vscodeignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
  return patterns.flatMap((line) => filesOf(line.slice(1))).sort()
}

/** A path, or `folder/*.ending`. */
function filesOf(pattern) {
  const [, folder, ending] = /^(.*)\/\*(\.\w+)$/.exec(pattern) ?? []
  if (folder === undefined) return [pattern]
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
}

const xml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** What the marketplace and the editor read before they unpack the rest. */
function vsixManifest() {
  const { name, version, publisher, displayName, description, keywords, categories, engines, icon } = manifest
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(name)}" Version="${xml(version)}" Publisher="${xml(publisher)}" />
    <DisplayName>${xml(displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <Tags>${xml([...keywords, 'typescript'].join(','))}</Tags>
    <Categories>${xml(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${xml(engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionDependencies" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionPack" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
      <Property Id="Microsoft.VisualStudio.Code.LocalizedLanguages" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExecutesCode" Value="true" />
      <Property Id="Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown" Value="true" />
      <Property Id="Microsoft.VisualStudio.Services.Content.Pricing" Value="Free" />
    </Properties>
    <License>extension/LICENSE</License>
    <Icon>extension/${xml(icon)}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Changelog" Path="extension/CHANGELOG.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Icons.Default" Path="extension/${xml(icon)}" Addressable="true" />
  </Assets>
</PackageManifest>
`
}

const types = {
  json: 'application/json',
  md: 'text/markdown',
  txt: 'text/plain',
  js: 'application/javascript',
  cjs: 'application/javascript',
  png: 'image/png',
  vsixmanifest: 'text/xml',
}

function contentTypes() {
  const rows = Object.entries(types).map(
    ([extension, type]) => `<Default Extension=".${extension}" ContentType="${type}" />`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rows.join('')}</Types>\n`
}

/** The package's own manifest without what only npm needs: nothing is installed beside the extension. */
function extensionManifest() {
  const { dependencies: _, devDependencies: __, scripts: ___, exports: ____, bin: _____, ...rest } = manifest
  return `${JSON.stringify(rest, null, 2)}\n`
}

const encode = (text) => new TextEncoder().encode(text)

/** Writes the VSIX; gives its path. */
export function writeVsix(path = `dist/${manifest.name}-${manifest.version}.vsix`) {
  const files = { 'extension.vsixmanifest': encode(vsixManifest()), '[Content_Types].xml': encode(contentTypes()) }
  for (const file of extensionFiles()) {
    files[`extension/${file}`] =
      file === 'package.json' ? encode(extensionManifest()) : new Uint8Array(readFileSync(file))
  }
  writeFileSync(path, zipSync(files, { level: 9, mtime: new Date('1980-01-02T00:00:00') }))
  return path
}

if (process.argv[1] === import.meta.filename) {
  const path = writeVsix()
  console.log(`${path}: ${extensionFiles().length} files, ${Math.round(readFileSync(path).length / 1024)} KB`)
}
