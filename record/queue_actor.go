package record

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"readout/record/join"
	"readout/registry"
)

// named is a person without an entry in the registry, as the articles of the
// period have it.
type named struct {
	key, name string
	versions  []*node
}

// maxNamed bounds how many articles one question about a name is of.
const maxNamed = 50

// actors asks who somebody is: of a surname that could be several people's, and
// of two names that may be one person's.
func (b *asker) actors(ctx context.Context) error {
	ids, err := b.k.recent(ctx, []string{keyArticle}, lookBack, mostNamings)
	if err != nil {
		return err
	}
	if err := b.k.g.load(ctx, ids); err != nil {
		return err
	}
	known := map[string]*named{}
	for _, id := range ids {
		n := b.k.g.nodes[id]
		if n == nil {
			continue
		}
		for i := range n.article.Actors {
			a := &n.article.Actors[i]
			if a.Kind != "person" || b.k.l.reg.Entry(a.Key) != nil {
				continue
			}
			p := known[a.Key]
			if p == nil {
				p = &named{key: a.Key, name: a.Name}
				known[a.Key] = p
			}
			if len(a.Name) > len(p.name) {
				p.name = a.Name
			}
			if last := len(p.versions) - 1; last < 0 || p.versions[last] != n {
				p.versions = append(p.versions, n)
			}
		}
	}
	list := make([]*named, 0, len(known))
	for _, k := range sortedKeys(known) {
		list = append(list, known[k])
	}
	for _, p := range list {
		if _, alone, _ := strings.Cut(p.key, ":"); strings.ContainsAny(strings.SplitN(alone, "/", 2)[0], "-") {
			continue
		}
		if err := b.surname(ctx, p, known); err != nil {
			return err
		}
	}
	b.likeNames(list)
	return nil
}

// surname asks about a name of one piece, where whole names end with it.
func (b *asker) surname(ctx context.Context, p *named, known map[string]*named) error {
	keys, err := b.k.named(ctx, p.name)
	if err != nil {
		return err
	}
	var could []Who
	for _, key := range keys {
		if key == p.key || !strings.HasPrefix(key, "person:") && b.k.l.reg.Entry(key) == nil {
			continue
		}
		if e := b.k.l.reg.Entry(key); e != nil && e.Kind != registry.Person {
			continue
		}
		name := ""
		if o := known[key]; o != nil {
			name = o.name
		}
		could = append(could, Who{Name: b.k.name(key, name), Key: key})
	}
	for _, c := range b.k.l.reg.Person(p.name, b.k.q.AsOf) {
		if !slices.ContainsFunc(could, func(w Who) bool { return w.Key == c.Entry.Key }) && len(could) < 6 {
			could = append(could, Who{Name: c.Entry.Name, Key: c.Entry.Key})
		}
	}
	if len(could) == 0 {
		return nil
	}
	doubt := 0.5
	if len(could) > 1 {
		doubt = 0.8
	}
	b.who(DoubtActor, p, could[:min(len(could), 6)], doubt, "a name alone, which could be several people's")
	return nil
}

// likeNames asks about names that are nearly one.
func (b *asker) likeNames(list []*named) {
	byPiece := map[string][]*named{}
	for _, p := range list {
		for _, w := range strings.FieldsFunc(strings.ToLower(p.name), func(r rune) bool { return r == ' ' || r == '-' }) {
			byPiece[w] = append(byPiece[w], p)
		}
	}
	asked := map[[2]string]bool{}
	for _, w := range sortedKeys(byPiece) {
		same := byPiece[w]
		if len(same) > 40 { // "bin", "al"
			continue
		}
		for i, p := range same {
			for _, o := range same[i+1:] {
				if p == o || asked[[2]string{p.key, o.key}] || !join.Alike(p.name, o.name) {
					continue
				}
				asked[[2]string{p.key, o.key}] = true
				rare, often := p, o
				if len(rare.versions) > len(often.versions) {
					rare, often = often, rare
				}
				b.who(DoubtNames, rare, []Who{{Name: often.name, Key: often.key}}, 0.5, fmt.Sprintf("it may be another spelling of %q", often.name))
			}
		}
	}
}

// who asks who a name is, in the articles about which nobody has decided.
func (b *asker) who(kind string, p *named, could []Who, doubt float64, why string) {
	var ids []string
	var witnesses []Witness
	name := ""
	for _, n := range p.versions {
		as := ""
		for i := range n.article.Actors {
			if n.article.Actors[i].Key == p.key {
				as = n.article.Actors[i].Name
			}
		}
		if name != "" && as != name || slices.ContainsFunc(n.article.Decided, func(d join.Decided) bool { return d.As == as }) || len(ids) == maxNamed {
			continue
		}
		name = as
		ids = append(ids, n.ID)
		witnesses = append(witnesses, witness(n.article, n.article.Title, [2]int{}))
	}
	if len(ids) == 0 {
		return
	}
	b.add(&Item{
		Kind: kind, Doubt: doubt, Weight: 1 + math.Log2(float64(1+len(ids)))/2, Why: why, Name: cmp.Or(name, p.name), Could: could, Witnesses: witnesses,
		Accept: Ask{Do: DoAccept, IDs: ids, Field: "who", Name: cmp.Or(name, p.name)},
	}, append([]string{p.key}, ids...)...)
}
