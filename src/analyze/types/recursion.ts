/** Which types have to be named because they contain themselves: Tarjan's strongly connected components over the graph of types. */
import type { Analysis, Shape } from "../checker/analysis.js";

interface Visit {
  readonly index: number;
  low: number;
  open: boolean;
}

/**
 * Every type with a name of its own that lies on a cycle, whichever of them is met first; types without one,
 * such as the array in `children: Node[]`, only where a cycle passes no name.
 */
export function findRecursive({ byId }: Analysis, hasName: (shape: Shape) => boolean): Shape[] {
  const cyclic = findCyclic(new Set(byId));
  const named = cyclic.filter(hasName);
  const unnamed = new Set(cyclic.filter((shape) => !hasName(shape)));
  return [...named, ...findCyclic(unnamed)];
}

function findCyclic(shapes: ReadonlySet<Shape>): Shape[] {
  const cyclic: Shape[] = [];
  const visits = new Map<Shape, Visit>();
  const stack: Shape[] = [];

  const visit = (shape: Shape): Visit => {
    const own: Visit = { index: visits.size, low: visits.size, open: true };
    visits.set(shape, own);
    stack.push(shape);
    for (const { to } of shape.edges) {
      if (!shapes.has(to)) continue;
      const known = visits.get(to);
      if (known === undefined) own.low = Math.min(own.low, visit(to).low);
      else if (known.open) own.low = Math.min(own.low, known.index);
    }
    if (own.low === own.index) closeComponent(shape);
    return own;
  };

  const closeComponent = (root: Shape): void => {
    const component = stack.splice(stack.lastIndexOf(root));
    for (const shape of component) {
      const visited = visits.get(shape);
      if (visited) visited.open = false;
      if (component.length > 1 || shape.edges.some(({ to }) => to === shape)) cyclic.push(shape);
    }
  };

  for (const shape of shapes) if (!visits.has(shape)) visit(shape);
  return cyclic;
}
