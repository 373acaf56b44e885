#include "textflag.h"

// All of these take n as a positive multiple of 8. Rounding after each product
// and again after each sum is meant: see package nn.

DATA consts<>+0(SB)/4, $3.0
DATA consts<>+4(SB)/4, $-3.0
DATA consts<>+8(SB)/4, $27.0
DATA consts<>+12(SB)/4, $9.0
DATA consts<>+16(SB)/4, $0.5
DATA consts<>+20(SB)/4, $1.0
GLOBL consts<>(SB), RODATA|NOPTR, $24

// func addScaledAVX2(dst, src *float32, s float32, n int)
TEXT ·addScaledAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	VBROADCASTSS s+16(FP), Y15
	MOVQ n+24(FP), CX
loop:
	VMULPS (SI), Y15, Y0
	VADDPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET

// func addRowAVX2(dst *float32, row *int8, s float32, n int)
TEXT ·addRowAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ row+8(FP), SI
	VBROADCASTSS s+16(FP), Y15
	MOVQ n+24(FP), CX
loop:
	VPMOVSXBD (SI), Y0
	VCVTDQ2PS Y0, Y0
	VMULPS Y0, Y15, Y0
	VADDPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $8, SI
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET

// func addPositiveAVX2(dst, src *float32, n int)
TEXT ·addPositiveAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX
loop:
	VMOVUPS (SI), Y0
	VPSRAD $31, Y0, Y1
	VPANDN Y0, Y1, Y0
	VADDPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET

// func rectifyAVX2(x *float32, n int)
TEXT ·rectifyAVX2(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), DI
	MOVQ n+8(FP), CX
loop:
	VMOVUPS (DI), Y0
	VPSRAD $31, Y0, Y1
	VPANDN Y0, Y1, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET

// Squash of r, with t and u for scratch; Y10 to Y15 hold the constants.
#define SQUASH(r, t, u) \
	VMAXPS Y11, r, r \
	VMINPS Y10, r, r \
	VMULPS r, r, t \
	VADDPS Y12, t, u \
	VMULPS u, r, r \
	VMULPS Y13, t, t \
	VADDPS Y12, t, t \
	VDIVPS t, r, r

#define GATE(r, t, u) \
	VMULPS Y14, r, r \
	SQUASH(r, t, u) \
	VMULPS Y14, r, r \
	VADDPS Y14, r, r

// func poolAVX2(h, c, prev, gates *float32, stride, n int)
TEXT ·poolAVX2(SB), NOSPLIT, $0-48
	MOVQ h+0(FP), DI
	MOVQ c+8(FP), SI
	MOVQ prev+16(FP), DX
	MOVQ gates+24(FP), BX
	MOVQ stride+32(FP), R8
	MOVQ n+40(FP), CX
	SHLQ $2, R8
	VBROADCASTSS consts<>+0(SB), Y10
	VBROADCASTSS consts<>+4(SB), Y11
	VBROADCASTSS consts<>+8(SB), Y12
	VBROADCASTSS consts<>+12(SB), Y13
	VBROADCASTSS consts<>+16(SB), Y14
loop:
	VMOVUPS (BX), Y0
	VMOVUPS (BX)(R8*1), Y1
	VMOVUPS (BX)(R8*2), Y2
	SQUASH(Y0, Y3, Y4)
	GATE(Y1, Y5, Y6)
	GATE(Y2, Y7, Y8)
	VMOVUPS Y0, (BX)
	VMOVUPS Y1, (BX)(R8*1)
	VMOVUPS Y2, (BX)(R8*2)
	VMOVUPS (DX), Y3
	VSUBPS Y0, Y3, Y3
	VMULPS Y1, Y3, Y3
	VADDPS Y0, Y3, Y3
	VMOVUPS Y3, (SI)
	VMULPS Y2, Y3, Y3
	VMOVUPS Y3, (DI)
	ADDQ $32, BX
	ADDQ $32, DX
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET

// FOLD adds the eight lanes of Y0 into the first of X0, in halves.
#define FOLD \
	VEXTRACTF128 $1, Y0, X1 \
	VADDPS X1, X0, X0 \
	VMOVHLPS X0, X0, X1 \
	VADDPS X1, X0, X0 \
	VSHUFPS $1, X0, X0, X1 \
	VADDSS X1, X0, X0

// func normAVX2(x *float32, n int, inv, epsilon float32) float32
TEXT ·normAVX2(SB), NOSPLIT, $0-28
	MOVQ x+0(FP), DI
	MOVQ n+8(FP), CX
	VMOVSS inv+16(FP), X4
	MOVQ DI, SI
	MOVQ CX, DX
	VXORPS Y0, Y0, Y0
sum:
	VADDPS (SI), Y0, Y0
	ADDQ $32, SI
	SUBQ $8, DX
	JNZ sum
	FOLD
	VMULSS X4, X0, X0
	VBROADCASTSS X0, Y3
	MOVQ DI, SI
	MOVQ CX, DX
	VXORPS Y0, Y0, Y0
squares:
	VMOVUPS (SI), Y1
	VSUBPS Y3, Y1, Y1
	VMOVUPS Y1, (SI)
	VMULPS Y1, Y1, Y1
	VADDPS Y1, Y0, Y0
	ADDQ $32, SI
	SUBQ $8, DX
	JNZ squares
	FOLD
	VMULSS X4, X0, X0
	VADDSS epsilon+20(FP), X0, X0
	VSQRTSS X0, X0, X0
	VMOVSS consts<>+20(SB), X1
	VDIVSS X0, X1, X0
	VMOVSS X0, ret+24(FP)
	VBROADCASTSS X0, Y3
scale:
	VMULPS (DI), Y3, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ scale
	VZEROUPPER
	RET

// func adamAVX2(w, grad, m, v *float32, n int, a *Adam, rest1, rest2 float32)
TEXT ·adamAVX2(SB), NOSPLIT, $0-56
	MOVQ w+0(FP), DI
	MOVQ grad+8(FP), SI
	MOVQ m+16(FP), R8
	MOVQ v+24(FP), R9
	MOVQ n+32(FP), CX
	MOVQ a+40(FP), AX
	VBROADCASTSS rest1+48(FP), Y14
	VBROADCASTSS rest2+52(FP), Y15
	VBROADCASTSS 0(AX), Y9
	VBROADCASTSS 4(AX), Y10
	VBROADCASTSS 8(AX), Y11
	VBROADCASTSS 12(AX), Y12
	VBROADCASTSS 16(AX), Y13
loop:
	VMULPS (SI), Y13, Y0
	VMULPS (R8), Y9, Y1
	VMULPS Y14, Y0, Y2
	VADDPS Y2, Y1, Y1
	VMOVUPS Y1, (R8)
	VMULPS Y0, Y0, Y0
	VMULPS Y15, Y0, Y0
	VMULPS (R9), Y10, Y2
	VADDPS Y0, Y2, Y2
	VMOVUPS Y2, (R9)
	VSQRTPS Y2, Y2
	VADDPS Y12, Y2, Y2
	VMULPS Y11, Y1, Y1
	VDIVPS Y2, Y1, Y1
	VMOVUPS (DI), Y0
	VSUBPS Y1, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	ADDQ $32, R8
	ADDQ $32, R9
	SUBQ $8, CX
	JNZ loop
	VZEROUPPER
	RET
