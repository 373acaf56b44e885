package join

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Near-duplicates. What a text shares with another is told from its shingles,
// the runs of five words (Broder 1997, "On the resemblance and containment of
// documents"): of all of them the smallest hashes are kept, and two such samples
// give the share that the texts have in common. An index finds texts that may
// share much by bands of smallest hashes under several functions (minhash with
// banding, Leskovec et al., "Mining of massive datasets", chapter 3).

// The sizes. 24 bands of 2 find a pair with half its shingles in common in 999
// of 1,000 cases, one with a quarter in 790; a sample of 128 tells the share to
// within a tenth.
const (
	shingle  = 5
	bands    = 24
	rows     = 2
	sampled  = 128
	wireDays = 7 // copies of a story appear within a week
	// undated is how many of the bands find a copy that does not tell its day: 98
	// of 100 with four fifths of their shingles in common, 2 of 3 with half.
	undated = 4
)

// Shares above which two articles have one origin.
const (
	copied       = 0.5
	copiedCredit = 0.2 // both carry the credit line of the same agency
)

// Article is an article as others are compared with it.
type Article struct {
	ID        string  `json:"id"`           // of the version
	Of        string  `json:"of,omitempty"` // of the article that it is a version of
	Title     string  `json:"title,omitempty"`
	Outlet    string  `json:"outlet,omitempty"`
	Byline    string  `json:"byline,omitempty"`
	Credit    string  `json:"credit,omitempty"`
	URL       string  `json:"url,omitempty"`
	Key       string  `json:"key,omitempty"`
	Published string  `json:"published,omitempty"`
	Modified  string  `json:"modified,omitempty"`
	Place     string  `json:"place,omitempty"` // of the dateline
	Day       int     `json:"day,omitempty"`
	Since     int     `json:"since,omitempty"` // the day on which this version appeared
	Sample    hashes  `json:"sample,omitempty"`
	Bands     hashes  `json:"bands,omitempty"`
	Words     int     `json:"words"`
	Actors    []Actor `json:"actors,omitempty"` // those with a name
	// Decided is what people decided of its actors.
	Decided []Decided `json:"decided,omitempty"`
	// Unfit are the decisions about the article that its words or its reading
	// leave without anything they could be about.
	Unfit []Unfit `json:"unfit,omitempty"`
}

// hashes are written as one string, their bytes in base64: most of what is read
// to compare an article are these.
type hashes []uint64

func (h hashes) MarshalText() ([]byte, error) {
	b := make([]byte, 0, 8*len(h))
	for _, x := range h {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	return base64.RawStdEncoding.AppendEncode(nil, b), nil
}

func (h *hashes) UnmarshalText(text []byte) error {
	b, err := base64.RawStdEncoding.AppendDecode(nil, text)
	if err != nil || len(b)%8 != 0 {
		return errors.New("the hashes of an article are not what was written")
	}
	*h = make(hashes, 0, len(b)/8)
	for ; len(b) > 0; b = b[8:] {
		*h = append(*h, binary.LittleEndian.Uint64(b))
	}
	return nil
}

// Unfit is a decision that does not hold for a version of an article.
type Unfit struct {
	ID  string `json:"id"` // of the decision
	Why string `json:"why"`
}

func (b *builder) article() Article {
	d := &b.r.Document
	a := Article{
		ID: b.version, Title: d.Title, Outlet: d.Outlet, Byline: d.Byline, Credit: d.Credit, URL: d.URL, Key: d.Key,
		Published: d.Published, Modified: d.Modified, Day: b.published,
	}
	a.Since = max(a.Day, Day(d.Modified))
	if a.Credit == "" {
		a.Credit = credit(d.Byline)
	}
	if a.Title == "" && len(d.Blocks) > 0 && d.Blocks[0].Kind == "heading" {
		a.Title = b.slice(d.Blocks[0].Span)
	}
	if d.Dateline != nil {
		a.Place = d.Dateline.Place
	}
	for i := range b.r.Actors {
		if v := b.actors[b.r.Actors[i].ID]; v.Named() && len(b.r.Actors[i].Mentions) > 0 {
			a.Actors = append(a.Actors, v)
		}
	}
	w := words(d.Text)
	a.Words = len(w)
	a.Sample, a.Bands = sketch(grams(w, shingle))
	return a
}

// credit is the agency that a byline names.
func credit(byline string) string {
	for _, w := range words(byline) {
		switch w {
		case "reuters", "ap", "afp", "dpa", "efe", "ansa", "tass", "xinhua", "kyodo", "yonhap", "anadolu", "interfax":
			return w
		}
	}
	if strings.Contains(byline, "Associated Press") {
		return "ap"
	}
	return ""
}

// sketch is the sample of the smallest hashes, sorted, and the bands.
func sketch(g []uint64) (sample, band []uint64) {
	if len(g) == 0 {
		return nil, nil
	}
	band = make([]uint64, bands)
	for i := range band {
		var key uint64
		for j := range rows {
			seed := mix(uint64(i*rows+j) + 1)
			least := ^uint64(0)
			for _, h := range g {
				least = min(least, mix(h^seed))
			}
			key = mix(key ^ least)
		}
		band[i] = key
	}
	slices.Sort(g)
	g = slices.Compact(g)
	return slices.Clone(g[:min(len(g), sampled)]), band
}

// resemblance estimates the share of shingles that two texts have in common.
func resemblance(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n, common := 0, 0
	for i, j := 0, 0; n < sampled && i < len(a) && j < len(b); n++ {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(common) / float64(n)
}

// Keys are the places of the index that an article stands in. A band's place has
// the time first: what is looked for together lies together, however large the
// index grows.
func (a *Article) Keys() []Key {
	var out []Key
	for i := range a.Bands {
		out = append(out, Key{a.band(i, a.Day/wireSpan), a.Day})
		if i < undated && a.Day != 0 {
			out = append(out, Key{a.band(i, anyTime), a.Day})
		}
	}
	if a.Of != "" {
		out = append(out, Key{"o|of|" + a.Of, a.Day})
	}
	return out
}

const (
	wireSpan  = 2*wireDays + 1 // days that share a place, so that copies lie in one or two
	quoteSpan = 2*quoteDays + 1
	anyTime   = -1
)

// band is the block of the ith band in a span of time; the span 0 is of articles
// that tell no day.
func (a *Article) band(i, span int) string {
	return "b|" + strconv.FormatInt(int64(span), 36) + "|" + strconv.Itoa(i) + "|" + strconv.FormatUint(a.Bands[i], 36)
}

// Lookups are the places of the index where copies of it may stand.
func (a *Article) Lookups() []Range {
	var out []Range
	for i := range a.Bands {
		if a.Day != 0 {
			from, to := a.Day-wireDays, a.Day+wireDays
			for span := from / wireSpan; span <= to/wireSpan; span++ {
				out = append(out, Range{a.band(i, span), from, to})
			}
		} else if i < undated {
			out = append(out, Range{a.band(i, anyTime), 0, maxDay})
		}
		if i < undated || a.Day == 0 {
			out = append(out, Range{a.band(i, 0), 0, 0})
		}
	}
	if a.Of != "" {
		out = append(out, Range{"o|of|" + a.Of, 0, maxDay})
	}
	return out
}

const maxDay = 1 << 24

// Articles tells whether two articles have one origin.
func Articles(a, b *Article) Tie {
	if a.Of != "" && a.Of == b.Of {
		return Tie{Same, 1, "versions of one article"}
	}
	if a.Day != 0 && b.Day != 0 && (a.Day-b.Day > wireDays || b.Day-a.Day > wireDays) {
		return Tie{}
	}
	share := resemblance(a.Sample, b.Sample)
	switch {
	case share >= copied:
		return Tie{Same, share, "the same text"}
	case share >= copiedCredit && a.Credit != "" && strings.EqualFold(a.Credit, b.Credit):
		return Tie{Same, share, "the same agency and much of the same text"}
	}
	return Tie{}
}

// CanonicalURL is an address without what does not tell the page: scheme,
// "www.", fragment, tracking parameters, the closing slash. It is "" for what
// is no address.
func CanonicalURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return ""
	}
	q := u.Query()
	for k := range q {
		switch l := strings.ToLower(k); {
		case strings.HasPrefix(l, "utm_"), l == "fbclid", l == "gclid", l == "mc_cid", l == "mc_eid", l == "cmpid", l == "ref", l == "smid":
			q.Del(k)
		}
	}
	host := strings.ToLower(u.Hostname())
	for _, p := range []string{"www.", "m.", "amp."} {
		host = strings.TrimPrefix(host, p)
	}
	out := host + strings.TrimSuffix(u.EscapedPath(), "/")
	if len(q) > 0 {
		out += "?" + q.Encode()
	}
	return out
}
