// Files that are dropped anywhere on the page are sent as if they had been chosen.
"use strict";
(() => {
  const form = document.getElementById("add-files");
  if (!form) return;
  const input = form.elements.namedItem("files");
  const says = document.getElementById("drop-says");
  says.textContent = "Or drop files anywhere on this page.";
  const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  const send = async (files) => {
    says.textContent = `Sending ${files.length} ${files.length === 1 ? "file" : "files"} …`;
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    try {
      const answer = await fetch("/add", {
        method: "POST", body, headers: { "x-csrf": form.elements.namedItem("csrf").value },
      });
      if (answer.ok) location.assign(answer.url);
      else says.textContent = await problem(answer);
    } catch {
      says.textContent = "They could not be sent: is the server still running, and is none of them a folder?";
    }
  };
  const problem = async (answer) => {
    if (answer.status === 413) return "This is too much for one upload: send less at a time.";
    return `The server refused them (${answer.status}): send them with the button to see why.`;
  };

  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    const files = [...event.dataTransfer.files];
    const folders = [...event.dataTransfer.items].some((one) => one.webkitGetAsEntry?.()?.isDirectory);
    if (folders) says.textContent = "A folder cannot be dropped: put it in a zip, or drop the files in it.";
    else if (files.length > 0) send(files);
  });
  input.addEventListener("change", () => {
    says.textContent = [...input.files].map((one) => one.name).join(", ");
  });
})();
