package join

import (
	"slices"
	"strconv"
)

// Which sayings are one statement: the same quotation, whoever prints it, or
// the same speaker with much the same words at the same time.
const (
	run        = 4    // words in a row that an index finds
	quoteRun   = 7    // words in a row that make two quotations one
	quoteLeast = 4    // words of a quotation that stands whole in another
	quoteDays  = 30   // how long a quotation is repeated
	sayDays    = 2    // how far apart accounts of one statement appear
	alike      = 0.45 // share of stems that a paraphrase has in common
	alikeLeast = 3    // and their number
)

// fingerprints are hashes of some runs of words, chosen so that two texts with
// quoteRun words in a row in common share one: the smallest hash in every
// window (winnowing, Schleimer, Wilkerson and Aiken 2003).
func fingerprints(w []string) []uint64 {
	g := grams(w, run)
	const window = quoteRun - run + 1
	if len(g) <= window {
		slices.Sort(g)
		return slices.Compact(g)
	}
	var out []uint64
	for i := 0; i+window <= len(g); i++ {
		out = append(out, slices.Min(g[i:i+window]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Keys are the places of the index that a statement stands in.
func (s *Saying) Keys() []Key {
	if s.Form == "silence" {
		return nil
	}
	var out []Key
	who := s.speaker()
	for _, h := range s.prints() {
		block := quotation(h, s.Published/quoteSpan)
		out = append(out, Key{block, s.Published}, Key{block + "|" + who, s.Published})
	}
	if who != "" {
		out = append(out, Key{"s|" + who, s.Day()})
	}
	return out
}

// speaker is the key of who says it, "" when that is not known.
func (s *Saying) speaker() string {
	if s.By == nil {
		return ""
	}
	return s.By.Key
}

// quotation is the block of a fingerprint in a span of time, whoever is quoted.
func quotation(h uint64, span int) string {
	return "q|" + strconv.FormatInt(int64(span), 36) + "|" + strconv.FormatUint(h, 36)
}

func (s *Saying) prints() []uint64 {
	var out []uint64
	for _, q := range s.Quotes {
		out = append(out, fingerprints(words(q))...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Lookups are the places of the index where the same statement may stand: the
// same words, of the same speaker or of one who is not known.
func (s *Saying) Lookups() []Range {
	if s.Form == "silence" {
		return nil
	}
	var out []Range
	who := s.speaker()
	if s.Published != 0 {
		from, to := s.Published-quoteDays, s.Published+quoteDays
		for _, h := range s.prints() {
			for span := from / quoteSpan; span <= to/quoteSpan; span++ {
				block := quotation(h, span)
				if who == "" {
					out = append(out, Range{block, from, to})
				} else {
					out = append(out, Range{block + "|" + who, from, to}, Range{block + "|", from, to})
				}
			}
		}
	}
	if day := s.Day(); who != "" && day != 0 {
		out = append(out, Range{"s|" + who, day - sayDays, day + sayDays})
	}
	return out
}

// Sayings tells whether two sayings are one statement.
func Sayings(a, b *Saying) Tie {
	if a.ID == b.ID || a.Article == b.Article || a.Form == "silence" || b.Form == "silence" || a.Published == 0 || b.Published == 0 {
		return Tie{}
	}
	known := a.By != nil && b.By != nil && a.By.Key != "" && b.By.Key != ""
	if known && a.By.Key != b.By.Key {
		return Tie{}
	}
	if (a.Within == "") != (b.Within == "") && !known {
		return Tie{} // one relays the other
	}
	x, y := a.worked(), b.worked()
	if distance(a.Published, b.Published) <= quoteDays && sameQuote(x, y) {
		return Tie{Same, 1, "the same quotation"}
	}
	if !known || distance(a.Day(), b.Day()) > sayDays || a.Negated != b.Negated {
		return Tie{}
	}
	if a.When.Dated() && b.When.Dated() && a.When.From != b.When.From {
		return Tie{}
	}
	if len(x.words) > 0 && slices.Equal(x.words, y.words) {
		return Tie{Same, 1, "the same speaker, the same words"}
	}
	if share, common := likeness(x.stems, y.stems); share >= alike && common >= alikeLeast {
		return Tie{Same, share, "the same speaker, like words, the same time"}
	}
	return Tie{}
}

// sameQuote reports whether two sayings quote the same words: quoteRun in a row,
// or the whole of the shorter quotation.
func sameQuote(a, b *readySaying) bool {
	for _, x := range a.quotes {
		for _, y := range b.quotes {
			least := min(len(x), len(y))
			if n := longestRun(x, y); n >= quoteRun || least >= quoteLeast && n == least {
				return true
			}
		}
	}
	return false
}

// longestRun is the number of words in the longest run that both have.
func longestRun(x, y []string) int {
	best := 0
	row := make([]int, len(y)+1)
	for i := range x {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] != y[j] {
				row[j+1] = 0
				continue
			}
			row[j+1] = row[j] + 1
			best = max(best, row[j+1])
		}
	}
	return best
}
