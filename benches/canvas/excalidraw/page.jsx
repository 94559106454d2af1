// Excalidraw over a board of `?n=` stickies of 160 x 100 with three to five words each, and an arrow from every other one to
// the next: the board that `benches/numbers/boards.rs` makes for Stormglass. All of it is in sight. The window's title says
// `ready` once it is painted, and after a drag `done` and how many views were shown: Excalidraw draws each once.
import React from 'react'
import { createRoot } from 'react-dom/client'
import { CaptureUpdateAction, Excalidraw, restoreElements } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'

const WORDS = `Order Placed Payment Received Invoice Sent Customer Notified Stock Reserved Shipment Booked Cart Checked Out
Policy Applied Price Quoted Refund Issued Driver Assigned Parcel Lost`.split(/\s+/)
const COLOURS = ['#ffc078', '#a5d8ff', '#ffec99', '#d0bfff', '#b2f2bb', '#fcc2d7', '#fff3bf']
const WIDTH = 1280
const HEIGHT = 800

let state = 7
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const element = (id, type, seed, more) => ({
  id, type, seed, angle: 0, strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 2,
  strokeStyle: 'solid', roughness: 1, opacity: 100, groupIds: [], frameId: null, index: null, roundness: null, version: 1,
  versionNonce: seed, isDeleted: false, boundElements: [], updated: 1, link: null, locked: false, ...more,
})

function board(count) {
  const columns = Math.ceil(Math.sqrt((count * 140 * 16) / (200 * 9)))
  const elements = []
  for (let at = 0; at < count; at++) {
    const [x, y] = [(at % columns) * 200, Math.floor(at / columns) * 140]
    const words = Array.from({ length: 3 + random(3) }, () => WORDS[random(WORDS.length)])
    const lines = []
    for (let it = 0; it < words.length; it += 2) lines.push(words.slice(it, it + 2).join(' '))
    const [w, h] = [Math.max(...lines.map((it) => it.length)) * 8.5, lines.length * 20]
    const [id, text, arrow] = [`n${at}`, `t${at}`, `a${at >> 1}`]
    elements.push(element(id, 'rectangle', at + 1, {
      x, y, width: 160, height: 100, backgroundColor: COLOURS[at % COLOURS.length],
      boundElements: [{ type: 'text', id: text }, ...((at | 1) < count ? [{ type: 'arrow', id: arrow }] : [])],
    }))
    elements.push(element(text, 'text', at + 1, {
      x: x + (160 - w) / 2, y: y + (100 - h) / 2, width: w, height: h, text: lines.join('\n'), originalText: words.join(' '),
      fontSize: 16, fontFamily: 5, textAlign: 'center', verticalAlign: 'middle', containerId: id, lineHeight: 1.25,
      autoResize: true,
    }))
    if (at % 2 === 0) continue
    const [fromX, fromY] = [((at - 1) % columns) * 200 + 160, Math.floor((at - 1) / columns) * 140 + 50]
    const [dx, dy] = [x - fromX, y + 50 - fromY]
    elements.push(element(arrow, 'arrow', at, {
      x: fromX, y: fromY, width: Math.abs(dx), height: Math.abs(dy), points: [[0, 0], [dx, dy]], lastCommittedPoint: null,
      startArrowhead: null, endArrowhead: 'arrow', elbowed: false,
      startBinding: { elementId: `n${at - 1}`, focus: 0, gap: 1 }, endBinding: { elementId: id, focus: 0, gap: 1 },
    }))
  }
  return { elements, width: columns * 200, height: Math.ceil(count / columns) * 140 }
}

const frame = () => new Promise((done) => requestAnimationFrame(done))
const count = Number(new URLSearchParams(location.search).get('n'))
let views = 0
let api

async function show() {
  while (api.getAppState().isLoading) await frame()
  if (count > 0) {
    const { elements, width, height } = board(count)
    const zoom = Math.min(1, WIDTH / width, HEIGHT / height) * 0.98
    const [scrollX, scrollY] = [WIDTH / 2 / zoom - width / 2, HEIGHT / 2 / zoom - height / 2]
    api.updateScene({
      elements: restoreElements(elements, null, {}),
      appState: { zoom: { value: zoom }, scrollX, scrollY },
      captureUpdate: CaptureUpdateAction.NEVER,
    })
  }
  await frame()
  await frame()
  views = 0
  document.title = "ready"
  addEventListener('pointerup', () => setTimeout(() => (document.title = `done ${views}`), 1000), true)
}

function App() {
  const take = (it) => {
    if (!api) {
      api = it
      show()
    }
  }
  return (
    <div style={{ position: 'fixed', width: WIDTH, height: HEIGHT }}>
      <Excalidraw excalidrawAPI={take} onScrollChange={() => { views += 1 }} />
    </div>
  )
}

createRoot(document.getElementById('root')).render(<App />)
