/** Colours, type, spacing and radii; everything else takes its values from here. */
export const tokens = `@layer tokens {
  :root {
    color-scheme: light dark;

    --paper: light-dark(oklch(.977 .006 90), oklch(.185 .014 265));
    --card: light-dark(#fff, oklch(.228 .017 265));
    --wash: light-dark(oklch(.962 .006 90), oklch(.255 .017 265));
    --ink: light-dark(oklch(.255 .03 265), oklch(.94 .008 265));
    --ink-soft: light-dark(oklch(.46 .025 265), oklch(.75 .015 265));
    --line: light-dark(oklch(.895 .01 265), oklch(.345 .02 265));
    --edge: light-dark(oklch(.62 .02 265), oklch(.58 .02 265));

    /* 藍: action and selection */
    --ai: light-dark(oklch(.41 .125 262), oklch(.76 .105 262));
    --ai-strong: light-dark(oklch(.34 .12 262), oklch(.84 .08 262));
    --on-ai: light-dark(#fff, oklch(.2 .04 262));
    --ai-wash: light-dark(oklch(.966 .014 262), oklch(.275 .04 262));
    --ai-tint: light-dark(oklch(.915 .034 262), oklch(.335 .06 262));

    /* 松 settled, 山吹 waiting, 朱 refused */
    --matsu: light-dark(oklch(.46 .1 160), oklch(.78 .12 160));
    --matsu-wash: light-dark(oklch(.963 .026 160), oklch(.285 .045 160));
    --yamabuki: light-dark(oklch(.5 .115 70), oklch(.82 .13 85));
    --yamabuki-wash: light-dark(oklch(.965 .035 90), oklch(.31 .05 80));
    --shu: light-dark(oklch(.535 .19 33), oklch(.76 .14 38));
    --shu-wash: light-dark(oklch(.965 .018 40), oklch(.3 .06 35));

    --sans: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif;
    --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "BIZ UDGothic", "Noto Sans Mono CJK JP", monospace;

    --type-12: .75rem;
    --type-13: .8125rem;
    --type-15: .9375rem;
    --type-17: 1.0625rem;
    --type-20: 1.25rem;
    --type-24: 1.5rem;
    --type-30: 1.875rem;

    --gap-4: .25rem;
    --gap-8: .5rem;
    --gap-12: .75rem;
    --gap-16: 1rem;
    --gap-24: 1.5rem;
    --gap-32: 2rem;
    --gap-44: 2.75rem;

    --round-8: 8px;
    --round-12: 12px;
    --round-18: 18px;

    --bar: 4.75rem;
    --pad: 1.75rem;
    --wide: 78rem;
    --side: 19.5rem;
    --gutter: var(--gap-32);
  }
}
`
