// The words of the type level: the beginnings of the checker's messages. What was probably meant is worked out by the
// loader and the editor only.

export type UnknownName<N extends string> = `Unknown name \`${N}\`.`
export type UnknownOption<V extends string> = `'${V}' is not an option of this enum.`
