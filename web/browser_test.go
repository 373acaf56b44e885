package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// axe is the accessibility checker of Deque Systems, for tests alone.
func axe(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("testdata/axe/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(b); !strings.HasPrefix(string(sums), hex.EncodeToString(sum[:])+" ") {
		t.Fatal("testdata/axe/axe.min.js is not what its checksum says")
	}
	return string(b)
}

// violations asks axe what is wrong with a page, and where: a line a rule.
const violations = `(async () => {
	document.querySelectorAll("details").forEach(d => d.open = true);
	const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]});
	return found.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + n.html.slice(0, 120)).join(" | ")).join("\n");
})()`

// TestAccessible: axe finds nothing wrong with any page.
func TestAccessible(t *testing.T) {
	ctx := browser(t)
	script := axe(t)
	h, _ := writable(t)
	x := known(t, h)
	site := httptest.NewServer(h)
	defer site.Close()
	for _, p := range []string{
		"/", "/?as_of=2022-11-05", "/brief", "/timeline", "/changes?since=2022-10-20", "/due", "/issues", "/issue/agreement", "/met", "/met?a=Russia&b=Ukraine", "/statements",
		"/statement/" + x.statement, "/event/" + x.event, "/actor/Russia", "/article/" + x.article + "?at=20-90", "/article/" + x.article + "?against=" + x.old, "/search?q=grain", "/review", "/claim", "/claim?q=Russia+left+the+grain+deal", "/decisions", "/outlets", "/add", "/note", "/processes", "/about", "/nothing",
	} {
		accessible(t, ctx, script, site.URL+p)
	}
}

// accessible has axe look at a page.
func accessible(t *testing.T, ctx context.Context, script, page string) {
	t.Helper()
	do(t, ctx, page, chromedp.Navigate(page), chromedp.WaitReady("footer"))
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](script+"; true")); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](violations, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", page, err)
	}
	if got != "" {
		t.Errorf("%s:\n%s", page, got)
	}
}

// TestAccessibleUsers: nor with the pages of users, which an admin comes to by
// signing in; there a password is made, and a token.
func TestAccessibleUsers(t *testing.T) {
	ctx := browser(t)
	script := axe(t)
	h, _ := guarded(t)
	site := httptest.NewServer(h)
	defer site.Close()
	do(t, ctx, "sign in", chromedp.Navigate(site.URL+"/users"), chromedp.SendKeys("#name", "ada"), chromedp.SendKeys("#password", secret), chromedp.Click("main button"), chromedp.WaitVisible("body.users"))
	accessible(t, ctx, script, site.URL+"/users")
	accessible(t, ctx, script, site.URL+"/account")
	do(t, ctx, "a token", chromedp.SendKeys("#label", "calendar"), chromedp.Click(".form .keep button"), chromedp.WaitVisible(".did code"))
	if got := text(t, ctx, ".did"); !strings.Contains(got, "readout_") {
		t.Errorf("the token is not shown: %s", got)
	}
	accessible(t, ctx, script, site.URL+"/account")
}

// TestReader goes from the first page to the sentence behind an event, narrows
// the timeline, and looks at a day of the past.
func TestReader(t *testing.T) {
	ctx := browser(t)
	site := httptest.NewServer(serverOf(t))
	defer site.Close()
	do(t, ctx, "open", chromedp.Navigate(site.URL+"/"), chromedp.Click(".columns .ev .what a"), chromedp.WaitVisible("body.event #claims"))
	do(t, ctx, "to the words", chromedp.Click("blockquote.proof a"), chromedp.WaitVisible("mark#here"))
	if got := text(t, ctx, "mark#here"); got == "" {
		t.Error("no words are marked")
	}
	do(t, ctx, "narrow", chromedp.Navigate(site.URL+"/timeline"), chromedp.SetValue("select[name=kind]", "call"), chromedp.Click("form.facets button"), chromedp.WaitReady("select[name=kind] option[value=call][selected]"))
	if got := text(t, ctx, "main"); strings.Contains(got, ">Meeting: ") || !strings.Contains(got, "Phone call: ") {
		t.Error("the timeline has other than calls")
	}
	do(t, ctx, "the past", chromedp.SetValue("#as_of", "2022-10-31"), chromedp.Click("form.asof button"), chromedp.WaitVisible("form.asof.past"))
	if got := text(t, ctx, "form.asof"); !strings.Contains(got, "31 October 2022") {
		t.Errorf("the past: %s", got)
	}
	if got := text(t, ctx, "main"); strings.Contains(got, "Nov 2022</p>") {
		t.Error("what was not known then is shown")
	}
}

// TestBrush drags over the timeline: the range goes into the address, and hours
// are seen.
func TestBrush(t *testing.T) {
	ctx := browser(t)
	site := httptest.NewServer(serverOf(t))
	defer site.Close()
	// dragged drags from one place in a picture to another, in its units, and waits
	// for the page that comes of it.
	dragged := func(selector string, from, to float64) {
		t.Helper()
		was, err := chromedp.Run(ctx, chromedp.Location())
		if err != nil {
			t.Fatal(err)
		}
		_, err = chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(() => {
			const svg = document.querySelector(%q), box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal.width;
			const send = (to, type, x) => to.dispatchEvent(new PointerEvent(type, {clientX: box.left + box.width * x / view, clientY: box.top + 20, bubbles: true, pointerType: "mouse", button: 0}));
			send(svg, "pointerdown", %g); send(window, "pointermove", %g); send(window, "pointermove", %g); send(window, "pointerup", %g);
			return true;
		})()`, selector, from, (from+to)/2, to, to)))
		if err != nil {
			t.Fatal(err)
		}
		for range 100 {
			if at, err := chromedp.Run(ctx, chromedp.Location()); err == nil && at != was {
				do(t, ctx, "another page", chromedp.WaitVisible("svg.brushed"))
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("dragging over %s leads nowhere", selector)
	}
	do(t, ctx, "open", chromedp.Navigate(site.URL+"/timeline?kind=call"), chromedp.WaitVisible("svg.brushed"))
	dragged(".overview svg", 860, 980)
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil || !strings.Contains(at, "kind=call") || !strings.Contains(at, "from=2022-") || !strings.Contains(at, "to=2022-") {
		t.Errorf("the range is at %s: %v", at, err)
	}
	for range 3 {
		dragged("main > .wide:not(.overview) svg", 400, 700)
	}
	if got := text(t, ctx, "main > .wide:not(.overview) svg"); !strings.Contains(got, ":00</text>") {
		t.Errorf("hours are not seen: %.600s", got)
	}
}
