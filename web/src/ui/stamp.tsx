// A stamp for what has happened, and only for that: a word and its day.
export function Stamp({ word, day }: { readonly word: string; readonly day: string }) {
  return (
    <span className="stamp">
      <strong>{word}</strong> <span>{day}</span>
    </span>
  );
}
