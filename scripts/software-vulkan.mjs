/** Finds the software graphics device that comes with Chromium, on which WebGPU works in Node without a graphics card. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']

/**
 * The environment in which a process finds SwiftShader as its Vulkan device: set it before the process starts.
 *
 * @returns {Record<string, string> | undefined} nothing, where there is no Chromium with SwiftShader.
 */
export function softwareVulkan() {
  const folder = folders.find(each => existsSync(join(each, 'vk_swiftshader_icd.json')))
  if (folder === undefined) return undefined
  // Chromium brings the loader, too, which systems without graphics lack.
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { VK_DRIVER_FILES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: libraries }
}
