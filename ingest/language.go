package ingest

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// functionWords are the commonest words of written English. In news text they
// are some 35 to 45 of 100 words, in a headline or a list of names fewer, in
// other languages hardly any: "in", "a", "on" and "die" are left out or rare
// enough elsewhere.
var functionWords = wordSet("the of and to that is was for with his her their by at from has have had said will be been this which who not are were it its an as he she they but or would after between")

// plainWords are those that no other language of the sample has in small letters.
// In a report of one sentence, half names, one of them tells more than a share.
var plainWords = wordSet("the and with from that would said after between about")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// Limits of Language, chosen on news in twelve languages and on English
// headlines, lists and tables of names.
const (
	minWords     = 20   // a shorter text is taken for English
	englishShare = 0.12 // with more function words than this it is English
	shortWords   = 60   // up to which one plain word is enough
	sample       = 4000 // words that are looked at
)

// Language tells the language of a text: its English name, and whether the text
// may be read as English. A text too short to tell, or of no language that is
// recognised, may.
func Language(text string) (name string, english bool) {
	words, hits, plain, letters, foreign := 0, 0, 0, 0, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		if words++; words > sample {
			break
		}
		if functionWords[strings.ToLower(w)] {
			hits++
		}
		if plainWords[w] {
			plain++
		}
		for _, r := range w {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				foreign++
			}
		}
	}
	switch {
	case foreign*2 > letters: // another script has few spaces: words tell nothing
	case words < minWords, float64(hits) > englishShare*float64(words), words <= shortWords && plain > 0:
		return "English", true
	}
	if len(text) > 20_000 {
		text = strings.ToValidUTF8(text[:20_000], "")
	}
	info := whatlanggo.Detect(strings.ToLower(text))
	if info.Lang == whatlanggo.Eng || info.Lang < 0 || !info.IsReliable() && foreign*2 <= letters {
		return "English", true
	}
	return info.Lang.String(), false
}
