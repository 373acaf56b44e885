package registry

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

func TestZZText(t *testing.T) {
	r := load(t)
	f, _ := os.Open("/tmp/reg/w/pol.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	cnt := map[string]int{}
	ex := map[string]string{}
	ntok := 0
	unk := map[string]int{}
	for sc.Scan() {
		var d struct{ Text string }
		json.Unmarshal(sc.Bytes(), &d)
		w := Words(d.Text)
		at := func(i int) string { return w[i] }
		ntok += len(w)
		for i := 0; i < len(w); i++ {
			m := r.MatchAt(at, len(w), i)
			if len(m) == 0 {
				if i > 0 && w[i][0] >= 'A' && w[i][0] <= 'Z' && w[i-1] != "." && !strings.HasSuffix(w[i-1], ".") {
					unk[w[i]]++
				}
				continue
			}
			k := strings.Join(w[i:i+m[0].N], " ") + " -> " + m[0].Entry.Key + " " + m[0].Form.String() + fmt.Sprintf(" (%d)", len(m))
			cnt[k]++
			lo, hi := max(0, i-4), min(len(w), i+6)
			ex[k] = strings.Join(w[lo:hi], " ")
			i += m[0].N - 1
		}
	}
	var ks []string
	for k := range cnt {
		ks = append(ks, k)
	}
	sort.Slice(ks, func(a, b int) bool { return cnt[ks[a]] > cnt[ks[b]] || cnt[ks[a]] == cnt[ks[b]] && ks[a] < ks[b] })
	fmt.Println(ntok)
	for _, k := range ks {
		fmt.Println(cnt[k], k, "||", ex[k])
	}
	var us []string
	for k := range unk {
		us = append(us, k)
	}
	sort.Slice(us, func(a, b int) bool { return unk[us[a]] > unk[us[b]] })
	for _, k := range us[:min(400, len(us))] {
		fmt.Print(k, " ", unk[k], "; ")
	}
}
