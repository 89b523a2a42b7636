/** What artwork may contain. `cleanSvg` removes all else. */
const words = (list: string) => new Set(list.trim().split(/\s+/))

export const allowedElements = words(`
  svg g defs symbol use title desc style path rect circle ellipse line polyline polygon
  text tspan textPath linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feFuncR feFuncG feFuncB feFuncA feComposite
  feDropShadow feFlood feGaussianBlur feMerge feMergeNode feMorphology feOffset`)

/** Elements whose text is drawn or read out. In other elements only white space is kept. */
export const textElements = words('text tspan textPath title desc')

/** Elements that may refer to another part of the same file. */
export const referringElements = words('use textPath linearGradient radialGradient pattern')

/** Attributes for people and selectors. Any text is allowed, since it is neither fetched nor run. */
export const textAttributes = words('id class lang role aria-label aria-labelledby aria-hidden')

/** Properties allowed both as attributes and in CSS. */
export const allowedProperties = words(`
  alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
  color-interpolation-filters direction display dominant-baseline fill fill-opacity fill-rule
  filter flood-color flood-opacity font-family font-size font-stretch font-style font-variant
  font-weight isolation letter-spacing marker-end marker-mid marker-start mask mask-type
  mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-opacity stroke-width text-anchor text-decoration text-rendering transform
  transform-box transform-origin unicode-bidi vector-effect visibility white-space word-spacing
  writing-mode`)

/** Attributes that are not properties: geometry, and the parameters of gradients and filters. */
export const allowedAttributes = words(`
  amplitude clipPathUnits cx cy d dx dy exponent filterUnits fr fx fy gradientTransform
  gradientUnits height in in2 intercept k1 k2 k3 k4 lengthAdjust markerHeight markerUnits
  markerWidth maskContentUnits maskUnits method mode offset operator orient pathLength
  patternContentUnits patternTransform patternUnits points preserveAspectRatio primitiveUnits r
  radius refX refY result rotate rx ry side slope spacing spreadMethod startOffset stdDeviation
  tableValues textLength type values version viewBox width x x1 x2 y y1 y2`)
