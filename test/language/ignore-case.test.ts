// Patterns whose flag `i` is written out: they accept what they accept with it.
import { expect, test } from "vitest";
import { ignoreCase } from "../../src/language/ignore-case.js";

const texts = ["abc", "ABC", "aBc-K1", "ſk", "K", "a_b", "é É", "[x]", "z9", "", "aa", "AB{2}"];

test.each([
  String.raw`^[a-f]{2}`,
  String.raw`^abc$`,
  String.raw`^[a-z_-]+\d?$`,
  String.raw`^\w+$`,
  String.raw`^(?:a|B)(?=b)`,
  String.raw`^(?<first>a)\.?`,
  String.raw`[^a-c\]]`,
  String.raw`^[k\-s]{1,2}$`,
  String.raw`é`,
  String.raw`b\{2\}$`,
])("%s means without its flag what it means with it", (source) => {
  const written = new RegExp(ignoreCase(source) ?? "never", "u");
  expect(texts.map((text) => written.test(text))).toEqual(texts.map((text) => new RegExp(source, "iu").test(text)));
});

test.each([String.raw`(a)\1`, String.raw`\p{Lu}`, String.raw`\u0041`, "[%-z]", "[à-ÿ]", "σ", String.raw`\W`])(
  "%s cannot be written without it",
  (source) => {
    expect(ignoreCase(source)).toBeUndefined();
  },
);
