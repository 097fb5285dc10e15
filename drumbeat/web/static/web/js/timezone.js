// Fills in the browser's own time zone where nobody has typed one.
for (const field of document.querySelectorAll("input[data-time-zone]")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own && (field.value === "" || field.value === "UTC")) field.value = own;
}
