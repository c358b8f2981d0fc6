for (const notice of document.querySelectorAll(".notice")) {
  notice.addEventListener("click", () => notice.remove());
}
