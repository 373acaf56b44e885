//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"readout/record"
)

// TestKillDecide: whenever a process that decides is killed, the record is whole
// and has every decision that was told to be kept.
func TestKillDecide(t *testing.T) {
	s := newSession(t, twoPapers...)
	id := s.events()[0].ID
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	hit, loops := 0, 4
	if testing.Short() {
		loops = 2
	}
	for i := range loops {
		var lines strings.Builder
		for n := range 200 {
			fmt.Fprintf(&lines, `{"do":"correct","ids":[%q],"field":"day","value":"2023-05-%02d","by":"ana","why":"%d-%d"}`+"\n", id, n%28+1, i, n)
		}
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Args = []string{"readout", "decide", "--file", "-", "--format", "json", "--db", s.db} // as TestMain tells it
		cmd.Stdin = strings.NewReader(lines.String())
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		stop := rand.IntN(12)
		scan := bufio.NewScanner(out)
		scan.Buffer(nil, 1<<20)
		for n := 0; scan.Scan(); n++ {
			var p record.Preview
			if err := json.Unmarshal(scan.Bytes(), &p); err == nil && len(p.Decisions) == 1 {
				kept[p.Decisions[0].ID] = true
			}
			if n == stop {
				time.AfterFunc(time.Duration(rand.IntN(5000))*time.Microsecond, func() { cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err != nil {
			hit++
		}
		if out, _ := s.run("", "check"); !strings.Contains(out, "whole") {
			t.Errorf("after a kill: %s", out)
		}
	}
	text, _ := s.run("", "decide", "list", "--format", "json")
	for id := range kept {
		if !strings.Contains(text, id) {
			t.Errorf("decision %s was told to be kept and is gone", id)
		}
	}
	t.Logf("%d of %d processes were killed at work; %d decisions were told to be kept", hit, loops, len(kept))
	if hit < loops-1 {
		t.Errorf("only %d of %d processes were killed before they were done", hit, loops)
	}
}
