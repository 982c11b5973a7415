/** A sentence with what ends it, or a line end. */
export const SENTENCE = /[^。！？\n]*(?:[。！？]+[」』）]*|\n+)|[^。！？\n]+$/gu

/** What is said or named, with its brackets. Within one another the outer ones count. */
export const QUOTATION = /「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』/gu

/** A number as people write it, in either width. */
export const NUMBER = /[0-9０-９]+(?:[.,．，][0-9０-９]+)*/gu
