// The one style sheet: plain, legible, light and dark, usable by keyboard and on a phone.

import type { Settings } from '../truth/app.ts'

const light = `--page:#f7f7f8;--card:#fff;--ink:#1c1d21;--soft:#5b5e68;--line:#dcdde2;--tint:#eef0f4;--bad:#b3261e;--bad-tint:#fdeceb;--good-tint:#e7f4ea`
const dark = `--page:#141518;--card:#1d1f24;--ink:#e9eaee;--soft:#a4a8b3;--line:#33363e;--tint:#272a31;--bad:#ff8a80;--bad-tint:#3a1f1e;--good-tint:#1c3324`

const base = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--accent-ink)}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px;z-index:1}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;padding:12px 24px;background:var(--card);border-bottom:1px solid var(--line)}
.brand{font-weight:700;font-size:18px;color:var(--ink);text-decoration:none}
nav[aria-label=Main]{display:flex;flex-wrap:wrap;gap:4px;flex:1}
nav[aria-label=Main] a{padding:6px 10px;border-radius:6px;text-decoration:none;color:var(--soft)}
nav[aria-label=Main] a:hover{background:var(--tint)}
nav[aria-label=Main] a[aria-current]{background:var(--tint);color:var(--ink);font-weight:600}
.who{display:flex;gap:12px;align-items:center}
.who form{margin:0}
main{max-width:1080px;margin:0 auto;padding:24px}
h1{font-size:26px;line-height:1.25;margin:0 0 16px;overflow-wrap:anywhere}
h1 .beside{font-size:16px;font-weight:400;margin-left:12px;vertical-align:middle}
h2{font-size:18px;margin:0 0 8px}
.bar{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin-bottom:16px}.bar h1,.bar h2{flex:1;margin:0}
.crumbs{margin:0 0 4px}
button,.button{display:inline-block;font:inherit;font-weight:600;padding:8px 16px;border-radius:8px;border:1px solid var(--accent);background:var(--accent);color:#fff;text-decoration:none;cursor:pointer}
button:hover,.button:hover{filter:brightness(1.08)}
button.quiet,.button.quiet{background:none;border-color:var(--line);color:var(--ink);padding:4px 10px;font-weight:400}
.danger,button.danger{background:none;border-color:var(--bad);color:var(--bad)}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:10px 14px;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:14px;color:var(--soft);font-weight:600;white-space:nowrap}th a{color:inherit;text-decoration:none}th a:hover{text-decoration:underline}
tbody tr:last-child td{border-bottom:0}tbody tr:hover{background:var(--tint)}
a.row{font-weight:600;color:var(--ink)}a.row .badge,a.row .swatch{text-decoration:underline}
td>a,td>span:not(.badge,.swatch),td>.prose,.card>a{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;overflow-wrap:break-word;max-width:min(26rem,60vw)}
.none,.hint,.needed,.count,.empty{color:var(--soft)}.needed,.hint{font-size:14px;font-weight:400}.hint{margin:4px 0 0}
.empty{padding:24px;border:1px dashed var(--line);border-radius:10px;text-align:center}
.badge{display:inline-block;padding:1px 10px;border-radius:99px;font-size:14px;background:var(--tint);border:1px solid var(--line);white-space:nowrap}
.hue-0{border-color:#4c7dd6}.hue-1{border-color:#3f9a5b}.hue-2{border-color:#b57b16}.hue-3{border-color:#b0497f}.hue-4{border-color:#7a63c9}.hue-5{border-color:#2f8f94}
.inline{display:flex;flex-wrap:wrap;gap:4px 10px;list-style:none;margin:0;padding:0}
.prose{white-space:pre-wrap;overflow-wrap:anywhere}
.json{margin:0;font-size:14px;overflow-x:auto}
.values{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:0 0 24px;padding:4px 16px}
.values>div{display:grid;grid-template-columns:minmax(120px,200px) 1fr;gap:16px;padding:10px 0;border-bottom:1px solid var(--line)}
.values>div:last-child{border:0}
dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
.behaviors{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:16px}.behaviors form,.bar form{margin:0}td>.behaviors{margin:0;flex-wrap:nowrap;align-items:flex-start}
details.confirm[open]{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px}
details.confirm summary{list-style:none}details.confirm summary::-webkit-details-marker{display:none}
.form{max-width:560px;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px}
fieldset{border:0;border-top:1px solid var(--line);margin:0 0 8px;padding:12px 0 0}legend{padding:0 8px 0 0;font-size:18px;font-weight:600}
.field{margin-bottom:16px}.field label,.field .label{display:block;font-weight:600;margin-bottom:4px}.field .box{font-weight:400}.box input{width:auto}
.field.check{display:flex;flex-wrap:wrap;flex-direction:row-reverse;justify-content:flex-end;gap:8px;align-items:center}.field.check label{margin:0}.field.check input{width:auto}
input,select,textarea{font:inherit;width:100%;padding:8px 10px;border:1px solid var(--line);border-radius:8px;background:var(--page);color:var(--ink)}
input[type=color]{padding:2px;height:42px;width:80px}
[aria-invalid]{border-color:var(--bad)}
.fault{color:var(--bad);margin:4px 0 0;font-weight:600}
.form>.fault{background:var(--bad-tint);padding:10px 14px;border-radius:8px;margin:0 0 16px}
.buttons{display:flex;gap:16px;align-items:center}
.ways{display:grid;gap:8px;list-style:none;margin:0 0 16px;padding:0 0 16px;border-bottom:1px solid var(--line)}.ways .button{display:block;padding:8px 16px;text-align:center}
.notice{background:var(--good-tint);padding:10px 14px;border-radius:8px;margin:0 0 16px}
.problems{margin:0;padding:16px 24px;background:var(--bad-tint);color:var(--ink);border-bottom:2px solid var(--bad);overflow-x:auto;font-size:14px}
.find{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin-bottom:16px}.find .field{margin:0;flex:1 1 140px;max-width:240px}.find .field label{font-size:14px;color:var(--soft)}.find input,.find select,.find button{height:42px}.find button{padding:8px 16px}.find a{padding:8px 0}
.pages{display:flex;gap:16px;margin-top:16px}
.board{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(220px,1fr);gap:16px;overflow-x:auto;padding-bottom:8px}
.agenda{display:grid;gap:20px}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:10px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px;position:relative;overflow:hidden}.card>a{font-weight:600;color:var(--ink)}.board>section{min-width:0}.cards{grid-template-columns:minmax(0,1fr)}
.stripe{position:absolute;inset:0 auto 0 0}span.stripe{border-left-width:4px;border-left-style:solid}.swatch{white-space:nowrap}.swatch svg{vertical-align:-2px;margin-right:6px}
.card dl{margin:6px 0 0;font-size:14px}.card dl div{display:flex;gap:8px}
.related{margin-top:24px}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));gap:16px;margin:0}
.figures dd{font-size:22px;font-weight:700;line-height:1.25;margin-top:4px}
time{white-space:nowrap}.figures time{white-space:normal}
@media(max-width:600px){main,.top{padding:16px}.brand{flex:1}nav[aria-label=Main]{order:3;flex-basis:100%}.values>div{grid-template-columns:1fr;gap:2px}}
`

const colour = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i

/** The style sheet of an app; `accent` is used when it is a hexadecimal colour. */
export function styleSheet(ui: Settings['ui']): string {
  const accent = ui.accent !== undefined && colour.test(ui.accent) ? ui.accent : '#3355cc'
  const accents = `--accent:${accent};--accent-ink:${accent}`
  const darkAccents = `--accent-ink:color-mix(in srgb,${accent} 55%,#fff)`
  const schemes = {
    light: `:root{color-scheme:light;${light};${accents}}`,
    dark: `:root{color-scheme:dark;${dark};${accents};${darkAccents}}`,
    auto: `:root{color-scheme:light dark;${light};${accents}}@media(prefers-color-scheme:dark){:root{${dark};${darkAccents}}}`,
  }
  return schemes[ui.theme] + base
}
