package text

import (
	"strings"
	"unicode"

	"readout/doc"
)

// A dateline opens the first paragraph of a report, up to a dash or colon:
//
//	GENEVA, March 3 (Agency) — …
//	WASHINGTON/MOSCOW - …
//	Geneva (AP) – …
//
// The place is in capitals, or a name before an agency in brackets or a date.

// maxDateline bounds a dateline, in tokens.
const maxDateline = 24

// datelineBlocks is how many blocks are looked at: headline, subheading and
// byline stand before the report.
const datelineBlocks = 6

func findDateline(d *doc.Document, tab *tables) doc.Dateline {
	for i := 0; i < len(d.Blocks) && i < datelineBlocks; i++ {
		if d.Blocks[i].Kind == doc.BlockHeading {
			continue
		}
		if l := datelineAt(d, tab, d.Blocks[i].Span); !l.Whole.Empty() {
			return l
		}
	}
	return doc.Dateline{}
}

// datelineAt reads the dateline that begins block b; the zero Dateline if there
// is none.
func datelineAt(d *doc.Document, tab *tables, b doc.Span) doc.Dateline {
	limit := min(b.End, b.Begin+maxDateline)
	dash := b.Begin
	for dash < limit && !isDatelineDash(d, dash) {
		if f := d.Form(dash); f == "." || f == "!" || f == "?" || f == `"` || f == "“" {
			return doc.Dateline{}
		}
		dash++
	}
	if dash == limit || dash == b.Begin || dash+1 >= b.End {
		return doc.Dateline{}
	}
	place := doc.Span{Begin: b.Begin, End: placeEnd(d, b.Begin, dash)}
	if place.Empty() {
		return doc.Dateline{}
	}
	rest := doc.Span{Begin: place.End, End: dash}
	capitals := isCapitals(d, place)
	if !capitals && !hasAgency(d, tab, rest) {
		return doc.Dateline{}
	}
	if !datelineRest(d, tab, rest) {
		return doc.Dateline{}
	}
	if d.Form(dash) == ":" && !capitals {
		return doc.Dateline{}
	}
	return doc.Dateline{Place: strings.Join(strings.Fields(d.Slice(place)), " "), Span: place, Whole: doc.Span{Begin: b.Begin, End: dash + 1}}
}

// isDatelineDash reports a dash or colon with white space after it; a hyphen
// needs it before, too.
func isDatelineDash(d *doc.Document, i int32) bool {
	t := d.Tokens.Bytes
	spaced := int(i)+1 >= len(t) || t[i].End != t[i+1].Begin
	switch d.Form(i) {
	case "—", "–", "--", "―":
		return true
	case ":":
		return spaced
	case "-":
		return spaced && i > 0 && t[i-1].End != t[i].Begin
	}
	return false
}

// placeEnd is the end of the names of places that begin at i: capitalised words,
// with commas between if the next word is in capitals, too ("GENEVA, Switzerland").
func placeEnd(d *doc.Document, i, limit int32) int32 {
	k := i
	for k < limit {
		f := d.Form(k)
		switch {
		case isUpper(f) && !isMonth(f):
		case f == "/" || f == "-" || f == "and" || f == "&" || f == "'s":
		default:
			goto done
		}
		k++
	}
done:
	if k > i && k-i <= 6 {
		return k
	}
	return i
}

func isCapitals(d *doc.Document, s doc.Span) bool {
	letters := 0
	for i := s.Begin; i < s.End; i++ {
		f := d.Form(i)
		if f == "and" {
			continue
		}
		for _, r := range f {
			if unicode.IsLower(r) {
				return false
			}
			if unicode.IsLetter(r) {
				letters++
			}
		}
	}
	return letters >= 3
}

// hasAgency reports a known agency in brackets.
func hasAgency(d *doc.Document, tab *tables, s doc.Span) bool {
	for i := s.Begin; i+1 < s.End; i++ {
		if d.Form(i) == "(" && has(tab.agencies, d.Form(i+1)) {
			return true
		}
	}
	return false
}

// datelineRest reports whether s, what stands between the place and the dash,
// holds only names, dates and what is in brackets.
func datelineRest(d *doc.Document, tab *tables, s doc.Span) bool {
	depth := 0
	for i := s.Begin; i < s.End; i++ {
		f := d.Form(i)
		switch {
		case f == "(" || f == "[":
			depth++
		case f == ")" || f == "]":
			depth--
		case depth > 0, isUpper(f), f == ",", f == "/", f == ".", f == "and", isDigitByte(f[0]):
		default:
			return false
		}
	}
	return depth == 0
}

func isMonth(f string) bool {
	switch strings.TrimSuffix(lower(f), ".") {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec":
		return true
	}
	return false
}
