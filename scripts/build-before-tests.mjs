import { buildCli } from './setup.mjs'

/**
 * Tests that run a build never run an old one: vitest calls this before them, and before each rerun in watch mode. Takes
 * no time where nothing changed.
 *
 * @param {import('vitest/node').TestProject} project
 */
export default async function setup(project) {
  await buildCli()
  project.onTestsRerun(() => buildCli())
}
