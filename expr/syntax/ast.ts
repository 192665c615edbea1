// The syntax tree of an expression. Offsets are UTF-16 units from the start of the source; `end` is exclusive.

export type Span = { readonly start: number; readonly end: number }

/** `outer` takes in the parentheses around a node; whatever holds the node covers them. */
type At = Span & { readonly outer?: Span }

/** Where a node begins and ends with its parentheses. */
export const startOf = (node: At): number => (node.outer ?? node).start
export const endOf = (node: At): number => (node.outer ?? node).end

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'
export type BinaryOperator = '&&' | '||' | 'in' | ComparisonOperator | ArithmeticOperator
export type UnaryOperator = '!' | '-'

export type LiteralNode = At & { readonly kind: 'literal'; readonly value: string | number | boolean | null }
export type ListNode = At & { readonly kind: 'list'; readonly items: readonly Node[] }
export type NameNode = At & { readonly kind: 'name'; readonly name: string }
/** `object.name`; the name is empty where it has still to be typed. */
export type MemberNode = At & {
  readonly kind: 'member'
  readonly object: Node
  readonly name: string
  readonly nameStart: number
}
export type CallNode = At & { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Node[] }
export type MethodNode = At & {
  readonly kind: 'method'
  readonly object: Node
  readonly name: string
  readonly nameStart: number
  readonly arguments: readonly Node[]
}
export type LambdaNode = At & {
  readonly kind: 'lambda'
  readonly parameter: string
  readonly parameterStart: number
  readonly body: Node
}
export type UnaryNode = At & { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node }
export type BinaryNode = At & {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Node
  readonly right: Node
}
/** Stands where an operand is missing; the problem is already reported. */
export type ErrorNode = At & { readonly kind: 'error' }

export type Node =
  | LiteralNode
  | ListNode
  | NameNode
  | MemberNode
  | CallNode
  | MethodNode
  | LambdaNode
  | UnaryNode
  | BinaryNode
  | ErrorNode

/** The words that JavaScript keeps for itself: valid after a dot, never alone. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends finally for function ' +
    'if import instanceof new return super switch this throw try typeof var void while with'
  ).split(' '),
)
