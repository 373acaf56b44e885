package web

import (
	"strings"
	"unicode"
)

// piece is a stretch of text that two versions share, or one of them lacks.
type piece struct {
	Is   string `json:"is"` // same, added or removed
	Text string `json:"text"`
}

const (
	kept    = "same"
	added   = "added"
	removed = "removed"
)

// maxApart is how many words two versions may differ in to be compared word by
// word; above it what stands between their common beginning and end is given
// whole. The cost is at most that many steps for each.
const maxApart = 1000

// diff tells two texts apart word by word: a shortest way from one to the other
// (Myers, An O(ND) Difference Algorithm and Its Variations, 1986).
func diff(old, new string) []piece {
	a, b := tokens(old), tokens(new)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out pieces
	out.add(kept, a[:head])
	out.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	out.add(kept, a[len(a)-tail:])
	return out
}

// tokens are words, each with the space behind it.
func tokens(s string) []string {
	var out []string
	from := 0
	space := false
	for i, r := range s {
		is := unicode.IsSpace(r)
		if space && !is {
			out = append(out, s[from:i])
			from = i
		}
		space = is
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}

type pieces []piece

func (p *pieces) add(is string, words []string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, "")
	if n := len(*p); n > 0 && (*p)[n-1].Is == is {
		(*p)[n-1].Text += text
		return
	}
	*p = append(*p, piece{is, text})
}

// middle compares what is between a common beginning and end.
func (p *pieces) middle(a, b []string) {
	n, m := len(a), len(b)
	if n == 0 || m == 0 {
		p.add(removed, a)
		p.add(added, b)
		return
	}
	// v[k] is how far in a the best way with d changes reaches on diagonal k.
	limit := min(n+m, maxApart)
	v := make([]int, 2*limit+2)
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, append([]int(nil), v[limit-d:limit+d+2]...))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[limit+k-1] < v[limit+k+1] {
				x = v[limit+k+1]
			} else {
				x = v[limit+k-1] + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[limit+k] = x
			if x >= n && y >= m {
				p.back(a, b, trace, d)
				return
			}
		}
	}
	p.add(removed, a)
	p.add(added, b)
}

// back follows the way back from the end of both, and writes it down.
func (p *pieces) back(a, b []string, trace [][]int, d int) {
	type step struct {
		is   string
		word string
	}
	var steps []step
	x, y := len(a), len(b)
	for ; d > 0; d-- {
		v := trace[d] // of diagonals -d to d+1, before the d-th change
		at := func(k int) int { return v[k+d] }
		k := x - y
		prev := k - 1
		if k == -d || k != d && at(k-1) < at(k+1) {
			prev = k + 1
		}
		px := at(prev)
		py := px - prev
		for x > px && y > py {
			x, y = x-1, y-1
			steps = append(steps, step{kept, a[x]})
		}
		if x == px {
			y--
			steps = append(steps, step{added, b[y]})
		} else {
			x--
			steps = append(steps, step{removed, a[x]})
		}
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		steps = append(steps, step{kept, a[x]})
	}
	for i := len(steps) - 1; i >= 0; i-- {
		p.add(steps[i].is, []string{steps[i].word})
	}
}
