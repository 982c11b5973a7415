/** The island of the page for those who wait: it counts down, and sends again what was sent. The page works without it. */

const timer = document.getElementById('wait')
const again = document.getElementById('again') as HTMLFormElement | null

if (timer && again) {
  const { seconds = '', counting = '' } = timer.dataset
  const end = performance.now() + Number(seconds) * 1_000
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1_000))
    timer.textContent = counting.replace('{seconds}', String(left))
    // without a network the browser would show its own page, and what was entered would be gone
    if (left > 0 || !navigator.onLine) setTimeout(tick, 250)
    else again.submit()
  }
  tick()
}
