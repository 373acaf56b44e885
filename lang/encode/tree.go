package encode

// The best head of each token most often makes a projective tree with one root.
// Where it does not, the best such tree is found by dynamic programming over
// spans (Eisner 1996, https://aclanthology.org/C96-1058), in time n³ for a
// chunk of n tokens and n at most maxChunk.
//
// In UD English three arcs of a thousand cross others. Best heads cross far more
// often than that, mostly by mistake, and the layers above take what hangs on a
// word for one span of text: so no arc may cross here.
//
// Tables hold a score for each pair of tokens s <= t. "open" spans are two
// tokens of which one is the other's head and what lies between; "full" spans
// are a token and all that hangs on it on one side, up to the other end.
// A name that ends in T is the same table with its axes exchanged, so that every
// loop runs along memory.

// treeSpace is scratch space.
type treeSpace struct {
	marks []int32

	n         int
	right     []float32 // full, head s: [s*n+t]
	rightT    []float32
	left      []float32 // full, head t: [s*n+t]
	leftT     []float32
	openRight []float32 // open, head s: [s*n+t]
	openLeftT []float32 // open, head t: [t*n+s]
	cut       []int16   // of both open spans
	cutRight  []int16
	cutLeft   []int16
	todo      []fragment
}

// fragment is a span whose arcs are still to be read off the tables.
type fragment struct {
	s, t int16
	open bool
	left bool // its head is t
}

// heads sets head[i] to the head of token i of n: 0 for the root, j+1 for token
// j. Row i of arcs holds the scores of its n+1 heads.
func (t *treeSpace) heads(head []int32, arcs []float32, n int) {
	roots := 0
	for i := range n {
		row := arcs[i*(n+1):][:n+1]
		best := -1
		for j, v := range row {
			if j != i+1 && (best < 0 || v > row[best]) {
				best = j
			}
		}
		head[i] = int32(best)
		if best == 0 {
			roots++
		}
	}
	if roots == 1 && t.acyclic(head) && projective(head) {
		return
	}
	t.fill(arcs, n)
	t.read(head, arcs)
}

// acyclic reports whether every token's chain of heads ends at the root.
func (t *treeSpace) acyclic(head []int32) bool {
	n := len(head)
	t.marks = resize(t.marks, n+1)
	clear(t.marks)
	t.marks[0] = -1 // leads to the root
	for i := range n {
		v := int32(i + 1)
		for t.marks[v] == 0 {
			t.marks[v] = int32(i + 1)
			v = head[v-1]
		}
		if t.marks[v] == int32(i+1) {
			return false
		}
		for v = int32(i + 1); t.marks[v] == int32(i+1); v = head[v-1] {
			t.marks[v] = -1
		}
	}
	return true
}

// projective reports whether no arc of a tree crosses another, that from the
// root included: whether the head of each token under an arc lies under it too,
// or at its ends. It may look at n² tokens of a sentence of long arcs.
func projective(head []int32) bool {
	for i, h := range head {
		a, b := int32(i)+1, h
		if a > b {
			a, b = b, a
		}
		for k := a + 1; k < b; k++ {
			if g := head[k-1]; g < a || g > b {
				return false
			}
		}
	}
	return true
}

// fill computes the tables from short spans to long ones.
func (t *treeSpace) fill(arcs []float32, n int) {
	t.n = n
	for _, p := range []*[]float32{&t.right, &t.rightT, &t.left, &t.leftT, &t.openRight, &t.openLeftT} {
		*p = atLeast(*p, n*n)
	}
	for _, p := range []*[]int16{&t.cut, &t.cutRight, &t.cutLeft} {
		*p = resize(*p, n*n)
	}
	for i := range n {
		k := i*n + i
		t.right[k], t.rightT[k], t.left[k], t.leftT[k] = 0, 0, 0, 0
	}
	for size := 1; size < n; size++ {
		for a := range n - size {
			t.span(arcs, a, a+size)
		}
	}
}

func (t *treeSpace) span(arcs []float32, a, b int) {
	n := t.n
	at, turned := a*n+b, b*n+a
	// An arc between a and b over two full spans that meet: a..q and q+1..b.
	v, q := bestSum(t.right[a*n+a:a*n+b], t.leftT[b*n+a+1:])
	t.cut[at] = int16(a + q)
	t.openRight[at] = v + arcs[b*(n+1)+a+1]
	t.openLeftT[turned] = v + arcs[a*(n+1)+b+1]
	// Full spans: an open one a..q and the full one of q beyond it.
	v, q = bestSum(t.openRight[a*n+a+1:a*n+b+1], t.rightT[b*n+a+1:])
	t.cutRight[at], t.right[at], t.rightT[turned] = int16(a+1+q), v, v
	v, q = bestSum(t.left[a*n+a:a*n+b], t.openLeftT[b*n+a:])
	t.cutLeft[at], t.left[at], t.leftT[turned] = int16(a+q), v, v
}

// bestSum is the largest sum of elements of x and y at one place, and the first
// such place.
func bestSum(x, y []float32) (float32, int) {
	y = y[:len(x)]
	best, at := x[0]+y[0], 0
	for i := 1; i < len(x); i++ {
		if v := x[i] + y[i]; v > best {
			best, at = v, i
		}
	}
	return best, at
}

// read finds the best root and follows the cuts down from it.
func (t *treeSpace) read(head []int32, arcs []float32) {
	n := t.n
	root, best := 0, float32(0)
	for r := range n {
		v := t.left[r] + t.right[r*n+n-1] + arcs[r*(n+1)]
		if r == 0 || v > best {
			root, best = r, v
		}
	}
	head[root] = 0
	t.todo = append(t.todo[:0], fragment{0, int16(root), false, true}, fragment{int16(root), int16(n - 1), false, false})
	for len(t.todo) > 0 {
		f := t.todo[len(t.todo)-1]
		t.todo = t.todo[:len(t.todo)-1]
		if f.s == f.t {
			continue
		}
		at := int(f.s)*n + int(f.t)
		switch {
		case f.open:
			if f.left {
				head[f.s] = int32(f.t) + 1
			} else {
				head[f.t] = int32(f.s) + 1
			}
			q := t.cut[at]
			t.todo = append(t.todo, fragment{f.s, q, false, false}, fragment{q + 1, f.t, false, true})
		case f.left:
			q := t.cutLeft[at]
			t.todo = append(t.todo, fragment{f.s, q, false, true}, fragment{q, f.t, true, true})
		default:
			q := t.cutRight[at]
			t.todo = append(t.todo, fragment{f.s, q, true, false}, fragment{q, f.t, false, false})
		}
	}
}
