/** What the page does by itself: theme, language of the reasons, sorting. All of it works by keyboard. */
export const SCRIPT = `
const root = document.documentElement;
root.classList.add('scripted');
for (const group of document.querySelectorAll('.switch')) {
  const buttons = [...group.querySelectorAll('button')];
  for (const button of buttons) {
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      root.dataset[group.dataset.sets] = button.value;
    });
  }
}
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const first = column === 0 ? 'ascending' : 'descending';
      const second = column === 0 ? 'descending' : 'ascending';
      const order = head.getAttribute('aria-sort') === first ? second : first;
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      const key = (row) => row.cells[column].dataset.sort;
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (column === 0) return sign * x.localeCompare(y);
        if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
        return sign * (Number(x) - Number(y));
      });
      table.tBodies[0].append(...rows);
    });
  });
}
`;
