/** The address under which the development server serves a file. */
declare module '*.wasm?url' {
  const url: string
  export default url
}
