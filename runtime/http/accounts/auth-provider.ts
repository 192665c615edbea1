// What an app's own provider of sign-ins is: the door through which people come in. Who they are then, and what they
// may do, is said by the app's rows and sessions as ever.

/** Somebody whom a provider has signed in. */
export type ProvidedPerson = {
  /** Stands for the same person for good; one that is given to somebody else later opens the account of the first. */
  readonly id: string
  readonly email: string
  /** Whether the provider has seen that the address is theirs. Only then may it lead to an account that is there. */
  readonly emailVerified: boolean
  readonly name?: string | null | undefined
}

/** A way in that the pages offer: “Continue with GitHub”. */
export type ProvidedWay = {
  /** `GitHub`. */
  readonly label: string
  /** Asked for by GET, below `<prefix>/auth/provider`, with the page to come back to as `to`: `/go/github`. */
  readonly path: string
}

/** The default export of the module that `settings.auth.provider` names. */
export type AuthProvider = {
  /**
   * Answers everything below `<prefix>/auth/provider`, whatever the method and wherever it comes from: it guards itself
   * against forged requests. Once somebody is signed in, it sends the browser to `<prefix>/auth/enter?to=/page`.
   */
  readonly handle: (request: Request) => Promise<Response>
  /** Whom the provider has signed in with this request; undefined for nobody. */
  readonly person: (request: Request) => Promise<ProvidedPerson | undefined>
  readonly ways?: readonly ProvidedWay[] | undefined
  /**
   * Ends the provider's own session, and gives the `Set-Cookie` headers that say so. Called when somebody has entered,
   * and when they sign out. Without it the provider's session stays, and whoever has its cookie can enter again, also
   * after all sessions of the app have ended.
   */
  readonly leave?: ((request: Request) => Promise<readonly string[]>) | undefined
}
