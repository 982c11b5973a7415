// The button prints; without a script there is none, since the browser's own menu does.

const button = document.getElementById('print')
if (button) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
