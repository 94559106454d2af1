// node serve.mjs : builds the page into `dist` and serves it on a free port of this machine, which it prints.
import { cpSync, existsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { build } from 'esbuild'

await build({
  entryPoints: ['page.jsx'], bundle: true, splitting: true, minify: true, format: 'esm', outdir: 'dist', jsx: 'transform',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.IS_PREACT': '"false"', 'import.meta.env': '{}' },
  loader: { '.woff2': 'file' }, conditions: ['production'], logLevel: 'error',
})
writeFileSync('dist/index.html', `<!doctype html><meta charset=utf-8><title>loading</title><link rel=stylesheet href=page.css>
<style>body{margin:0}</style><script>window.EXCALIDRAW_ASSET_PATH='/assets/'</script><div id=root></div>
<script type=module src=page.js></script>`)
const fonts = 'node_modules/@excalidraw/excalidraw/dist/prod/fonts'
if (existsSync(fonts)) cpSync(fonts, 'dist/assets/fonts', { recursive: true })

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }
const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
  const file = join('dist', path.endsWith('/') ? `${path}index.html` : path)
  try {
    const body = await readFile(file)
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    response.end(body)
  } catch {
    response.writeHead(404)
    response.end()
  }
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
