// From a submitted form to the values of a body. What cannot be read stays as it was typed, so that the checks that
// follow say what is wrong with it and the form shows it again.

import type { Field } from '../../truth/app.ts'
import type { Typed } from '../../ui/model.ts'
import { readText } from '../body.ts'
import { deepest, isTooDeep, placeOfFault } from '../json-body.ts'
import { type FieldFault, invalid, isRefusal, type Refusal, refusal } from '../refusal.ts'

export type Form = {
  readonly get: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
}

export async function readForm(request: Request): Promise<Form | Refusal> {
  const type = request.headers.get('content-type') ?? ''
  if (
    !type.startsWith('application/x-www-form-urlencoded') &&
    request.headers.get('content-length') !== '0' &&
    type !== ''
  ) {
    return refusal(415, 'media-type', 'Forms are sent as `application/x-www-form-urlencoded`.')
  }
  const text = await readText(request)
  if (isRefusal(text)) return text
  const parameters = new URLSearchParams(text)
  return { get: (name) => parameters.get(name) ?? undefined, all: (name) => parameters.getAll(name) }
}

/** Browsers send line ends as CRLF. */
const lines = (text: string): string => text.replaceAll('\r\n', '\n')

function scalar(field: Field, text: string): unknown {
  switch (field.type) {
    case 'number':
    case 'integer':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'datetime':
      // An input of a date and time has no zone; the page says that it is UTC.
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)
        ? `${text}:00Z`
        : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/.test(text)
          ? `${text}Z`
          : text
    case 'text':
      return lines(text)
    default:
      return text
  }
}

function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  if (isTooDeep(text)) return { fault: `must not be nested deeper than ${deepest} levels` }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { fault: `is not JSON: look at ${placeOfFault(text)}` }
  }
}

function jsonOrText(text: string): unknown {
  const read = parsed(text)
  return 'fault' in read ? text : read.value
}

function fieldValue(field: Field, form: Form): unknown {
  if (field.relation && field.many) return form.all(field.name).filter((id) => id !== '')
  if (field.type === 'enum' && field.many) {
    const chosen = form.all(field.name).filter((option) => option !== '')
    return chosen.length > 0 ? chosen : null
  }
  const text = form.get(field.name) ?? ''
  if (field.type === 'boolean' && field.required && !field.many) return text === 'true'
  if (text === '') return null
  if (field.many) {
    const items = lines(text)
      .split('\n')
      .filter((line) => line.trim() !== '')
    return items.map((line) => scalar(field, line.trim()))
  }
  return field.type === 'json' ? jsonOrText(text) : scalar(field, text)
}

/** The texts that an input had when it was shown, as a form that sends them back; undefined where that is not told. */
function formOf(told: string | undefined): Form | undefined {
  const texts = told === undefined ? undefined : jsonOrText(told)
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) return undefined
  return { get: () => texts[0], all: () => texts }
}

/** Whether what comes back is what was shown, in whatever order a browser sends it. */
function isUntouched(field: Field, form: Form): boolean {
  const shown = formOf(form.get(`_was.${field.name}`))
  if (!shown) return false
  const [before, now] = [shown, form].map((one) => fieldValue(field, one))
  const isChosen = field.relation !== undefined || field.type === 'enum'
  const ordered = (value: unknown): string =>
    JSON.stringify(isChosen && Array.isArray(value) ? [...new Set(value)].toSorted() : value)
  return ordered(before) === ordered(now)
}

/**
 * The values of those fields that the form showed; a form never touches the others. Nor those that come back as they
 * were: what an input cannot show, such as milliseconds, must not be lost by saving something else.
 */
export function formValues(fields: Iterable<Field>, form: Form): Map<string, unknown> {
  const shown = new Set(form.all('_shown'))
  const values = new Map<string, unknown>()
  for (const field of fields) {
    if (shown.has(field.name) && !isUntouched(field, form)) values.set(field.name, fieldValue(field, form))
  }
  return values
}

/** The texts of JSON, as they were typed. */
export function typedJson(fields: Iterable<Field>, form: Form): Typed {
  const typed = new Map<string, string>()
  for (const { type, name } of fields) {
    const text = type === 'json' ? form.get(name) : undefined
    if (text !== undefined) typed.set(name, lines(text))
  }
  return typed
}

/**
 * What was typed as JSON and is none: a refusal, together with the other faults. It must come before anything is
 * written, since a text is a right value of JSON.
 */
export function refuseUnread(typed: Typed, others: () => readonly FieldFault[]): Refusal | undefined {
  const unread = [...typed].flatMap(([path, text]): FieldFault[] => {
    const read = text === '' ? undefined : parsed(text)
    return read && 'fault' in read ? [{ path, code: 'json', message: read.fault }] : []
  })
  if (unread.length === 0) return undefined
  return invalid([...unread, ...others().filter(({ path }) => !unread.some((fault) => fault.path === path))])
}
