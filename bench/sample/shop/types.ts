/** What the tools of `npm run bench` take and give: an order with parts, lists and constraints, as real ones have. */

export interface Order {
  /** The order's id. @pattern ^o-[0-9]+$ */
  orderId: string;
  /** Who ordered. */
  customer: {
    /** Full name. @minLength 1 */
    name: string;
    /** Email address. */
    email: string;
    /** Phone number. */
    phone?: string;
  };
  /** Where to ship it. */
  address: {
    /** Street and number. */
    street: string;
    /** City. */
    city: string;
    /** Zip code. @pattern ^[0-9]{5}$ */
    zip: string;
    /** Country code. @minLength 2 @maxLength 2 */
    country: string;
  };
  /** The order's lines. @minItems 1 @maxItems 100 */
  items: OrderLine[];
  /** Where it stands. */
  status: "draft" | "placed" | "paid" | "shipped";
  /** Coupon code. */
  coupon?: string;
}

export interface OrderLine {
  /** Article. @minLength 1 */
  sku: string;
  /** How many. @int @minimum 1 @maximum 1000 */
  qty: number;
  /** Price of one. @minimum 0 */
  price: number;
  /** A note. */
  note?: string;
}

export interface SearchResult {
  /** The results. */
  items: { id: string; title: string; score: number }[];
  /** How many there are in all. @int */
  total: number;
}

export interface Item {
  id: string;
  name: string;
  stock: number;
}
