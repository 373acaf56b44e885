package nn

// detect asks the processor, and the operating system whether it saves the
// wide registers (Intel 64 manual, volume 1, sections 14.3 and 15.2).
func detect() Level {
	const (
		osxsave = 1 << 27 // leaf 1, ecx
		avx     = 1 << 28
		avx2    = 1 << 5 // leaf 7, ebx
		avx512f = 1 << 16
		ymm     = 0x06 // state bits of xgetbv
		zmm     = 0xe6
	)
	leaves, _, _, _ := cpuid(0, 0)
	if leaves < 7 {
		return Plain
	}
	if _, _, c, _ := cpuid(1, 0); c&osxsave == 0 || c&avx == 0 {
		return Plain
	}
	state := xgetbv()
	_, b, _, _ := cpuid(7, 0)
	switch {
	case state&ymm != ymm || b&avx2 == 0:
		return Plain
	case state&zmm != zmm || b&avx512f == 0:
		return AVX2
	}
	return AVX512
}

//go:noescape
func cpuid(leaf, sub uint32) (a, b, c, d uint32)

//go:noescape
func xgetbv() (state uint32)
