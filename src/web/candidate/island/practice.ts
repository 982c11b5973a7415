/** A practice page: what its task's own script needs of the page. Nothing is saved. */

document.documentElement.classList.add('js')

document.getElementById('paper')?.addEventListener('input', (e) => {
  const control = e.target as HTMLInputElement
  const length = control.parentElement?.querySelector('output')
  if (length) length.textContent = String([...control.value.replace(/\s/g, '')].length)
})
