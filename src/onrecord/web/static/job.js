// How far an upload is, without loading the page again; it is loaded once more at the end.
"use strict";
(() => {
  const job = document.getElementById("job");
  if (!job) return;
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const words = {
    waiting: "Waiting for another upload", reading: "Reading", writing: "Writing into the record and linking",
  };
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.twin);
      const told = await answer.json();
      if (told.ended) {
        location.reload();
        return;
      }
      document.getElementById("state").textContent = words[told.state];
      document.getElementById("read").textContent = counted(told.read, "report");
      const failed = told.failures.length;
      document.getElementById("failed").textContent = failed ? `, ${counted(failed, "failure")}` : "";
    } catch {
      // The server may be busy: it is asked again.
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 700);
})();
