/** The HTML that Teams writes, as words. */
import { describe, expect, test } from "vitest";
import { wordsOfHtml } from "#adapters/teams/parse-html.ts";

describe("the words of HTML", () => {
  test.each<[string, string]>([
    ["plain", "plain"],
    ["<p>one</p><p>two<br/>three</p>", "one\ntwo\nthree"],
    ["<ul><li>one</li><li>two</li></ul>", "one\ntwo"],
    ["<table><tr><td>a</td><td>b</td></tr></table>", "a b"],
    ["a<b>b</b>c", "abc"],
    ['<a href="https://example.org?a>b" title=\'x">y\'>the page</a>', "the page"],
    [
      "&amp;lt; &lt;b&gt; &#65;&#x42; &nope; &#0; &#xD800; &constructor;",
      "&lt; <b> AB &nope; &#0; &#xD800; &constructor;",
    ],
    ["a < b and c > d <3 <", "a < b and c > d <3 <"],
    ["<!-- <p>no</p> -->yes", "yes"],
    ["<script>no</script>yes<style>no", "yesno"],
    ["<style>no <b>more</b> words", "no more words"],
    ["<at>Bob</at> and <at>Eve", "@someone and @someoneEve"],
    ['<strong itemprop="mri">Bob</strong><span itemprop="time">1</span><p itemprop="preview">old</p>', "old"],
    ['kept <a title="never closed', 'kept <a title="never closed'],
    ['<emoji alt="🙂"></emoji><custom-thing>x</custom-thing>', "🙂x"],
  ])("of %j are %j", (html, words) => expect(wordsOfHtml(html)).toBe(words));
});
