// A button that copies the field it names. Without this script there is no button, and the field can be selected by hand.
const { copied } = document.currentScript.dataset
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy)
  button.hidden = false
  button.addEventListener('click', async () => {
    field.select()
    await navigator.clipboard.writeText(field.value)
    button.textContent = copied
  })
}
