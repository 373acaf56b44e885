package postgres

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// Words for full text search are made here and not by the server, so that they
// are the same whatever the server's language and version: letters and digits in
// a row, without accents and in small letters, as stems (Porter 2). Words that
// stand in every text count like others.

// Limits of PostgreSQL's tsvector: bytes of a lexeme, places of a lexeme, the
// last place, bytes of all lexemes.
const (
	maxLexeme = 2046
	maxPlaces = 255
	maxPlace  = 16383
	maxVector = 1 << 20
)

func stems(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w = english.Stem(w, true); len(w) <= maxLexeme {
			out = append(out, w)
		}
	}
	return out
}

// fold gives text in small letters and without accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// vector is the tsvector of a title and a text in PostgreSQL's notation; words of
// the title weigh more. "" is one without words. Of a text longer than
// PostgreSQL can index, the beginning is.
func vector(title, text string) string {
	places := map[string][]string{}
	size, place := 0, 0
	add := func(s, weight string) {
		for _, w := range stems(s) {
			place++
			p, ok := places[w]
			if !ok {
				size += 2*len(w) + 8
			}
			if size > maxVector/2 {
				return
			}
			if len(p) < maxPlaces {
				places[w] = append(p, strconv.Itoa(min(place, maxPlace))+weight)
				size += 2
			}
		}
	}
	add(title, "A")
	add(text, "")
	var words []string
	for w := range places {
		words = append(words, w)
	}
	slices.Sort(words)
	var b strings.Builder
	for _, w := range words {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		// The last place may stand there many times, which the server forgives.
		b.WriteString("'" + w + "':" + strings.Join(places[w], ","))
	}
	return b.String()
}

// query is the tsquery that wants all words; a word that ends with * is a
// beginning. It is not ok where there is no word in it.
func query(words []string) (q string, ok bool) {
	var out []string
	for _, word := range words {
		begin, prefix := strings.CutSuffix(word, "*")
		list := stems(begin)
		for i, w := range list {
			w = "'" + w + "'"
			if prefix && i == len(list)-1 {
				w += ":*"
			}
			out = append(out, w)
		}
	}
	return strings.Join(out, " & "), len(out) > 0
}
