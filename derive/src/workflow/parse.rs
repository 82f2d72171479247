//! Reads the states and their attributes, and checks that each state can be reached.

use super::State;
use crate::attr;
use crate::case::snake;
use crate::ctxt::Ctxt;
use crate::names::{ADDS, INITIAL, NEXT, WORKFLOW};
use crate::nearest::suggest;
use crate::serde::{Container, aliases};
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Meta, Path, Token, Variant};

pub(super) fn states<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<State<'a>> {
    let name = input.ident.unraw();
    attr::refuse_generics(cx, &input.generics, "a workflow", "write one enum for each");
    attr::refuse(cx, &input.attrs, &[NEXT, INITIAL, ADDS], |name| {
        format!("`{name}` stands above a variant, which is a state: put it there")
    });
    let Data::Enum(data) = &input.data else {
        let message = format!(
            "a workflow is an enum with a variant for each state: `enum {name} {{ Placed, Paid }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    if data.variants.is_empty() {
        cx.error(&input.ident, format!("`{name}` has no state: add variants"));
    }
    let container = Container::of_enum(cx, &input.attrs);
    let idents: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let mut states = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        states.push(State {
            ident,
            stored: container.variant(cx, ident, &variant.attrs),
            former: aliases(&variant.attrs),
            constant: constant(ident),
            is_initial: is_initial(cx, variant),
            next: next(cx, variant, &idents),
            adds: adds(cx, variant),
        });
        holds_nothing(cx, variant);
    }
    if let [first, ..] = states.as_mut_slice()
        && !data.variants.iter().any(|variant| has(variant, INITIAL))
    {
        first.is_initial = true;
    }
    if cx.is_clean() {
        check(cx, &states);
    }
    states
}

/// The name of the constant of a state.
fn constant(ident: &Ident) -> Ident {
    let name = snake(&ident.unraw().to_string()).to_uppercase();
    Ident::new(&name, ident.span())
}

fn has(variant: &Variant, name: &str) -> bool {
    variant.attrs.iter().any(|attr| attr.path().is_ident(name))
}

/// Refuses data in a state.
fn holds_nothing(cx: &Ctxt, variant: &Variant) {
    let ident = &variant.ident;
    if !matches!(variant.fields, Fields::Unit) {
        let message = format!(
            "a state holds no data, so that it can be compared and be in keys: keep the fields of `{ident}` in the entity, as an `Option`, and name them here, `#[adds(Order::PAYMENT_ID)]`"
        );
        cx.error(variant, message);
    }
    attr::refuse(cx, &variant.attrs, &[WORKFLOW], |name| {
        format!("`{name}` stands above the enum: put it there")
    });
}

/// `#[initial]`.
fn is_initial(cx: &Ctxt, variant: &Variant) -> bool {
    for attr in variant.attrs.iter().filter(|attr| attr.path().is_ident(INITIAL)) {
        if !matches!(attr.meta, Meta::Path(_)) {
            cx.error(attr, "`initial` takes nothing: write `#[initial]`");
        }
    }
    has(variant, INITIAL)
}

/// Returns the paths in all attributes of this name.
fn paths<'a>(
    cx: &Ctxt,
    variant: &'a Variant,
    name: &'a str,
    empty: &'a str,
) -> impl Iterator<Item = Path> {
    let read = |attr: &Attribute| {
        let list = attr.meta.require_list().ok()?;
        let list = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok()?;
        (!list.is_empty()).then_some(list)
    };
    let mut all = Vec::new();
    for attr in variant.attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        match read(attr) {
            Some(list) => all.extend(list),
            None => cx.error(attr, empty),
        }
    }
    all.into_iter()
}

/// `#[next(Paid, Cancelled)]`.
fn next(cx: &Ctxt, variant: &Variant, states: &[&Ident]) -> Vec<usize> {
    let empty = "`next` lists the states after this one: `#[next(Paid, Cancelled)]`; a final state has no `next`";
    let mut next = Vec::new();
    for path in paths(cx, variant, NEXT, empty) {
        let name = attr::path_name(&path);
        match states.iter().position(|state| state.unraw() == name) {
            Some(at) if next.contains(&at) => {
                cx.error(&path, format!("`{name}` is listed twice: leave one out"));
            }
            Some(at) => next.push(at),
            None => {
                let known: Vec<_> = states.iter().map(|state| state.unraw().to_string()).collect();
                let known = suggest(&name, known.iter().map(String::as_str));
                cx.error(&path, format!("there is no state `{name}`: {known}"));
            }
        }
    }
    next
}

/// `#[adds(Order::PAYMENT_ID)]`.
fn adds(cx: &Ctxt, variant: &Variant) -> Vec<Path> {
    let empty = "`adds` lists the fields that are set with a step to this state, by their constants: `#[adds(Order::PAYMENT_ID)]`";
    let mut adds: Vec<Path> = Vec::new();
    for path in paths(cx, variant, ADDS, empty) {
        let name = attr::path_name(&path);
        if path.segments.len() < 2 {
            let message = format!(
                "a field is named by the entity's constant: `#[adds(Order::{})]`",
                name.to_uppercase()
            );
            cx.error(&path, message);
        } else if adds.iter().any(|known| attr::path_name(known) == name) {
            cx.error(&path, format!("`{name}` is listed twice: leave one out"));
        } else {
            adds.push(path);
        }
    }
    adds
}

/// Checks the states together.
fn check(cx: &Ctxt, states: &[State<'_>]) {
    for state in states {
        let ident = state.ident.unraw();
        if states.iter().any(|other| other.ident.unraw() == state.constant) {
            let message = format!(
                "the constant of state `{ident}` is called `{0}`, and `{0}` is a variant: write the variant in another case, with `#[serde(rename = \"..\")]` if its stored name is to stay",
                state.constant
            );
            cx.error(state.ident, message);
        }
    }
    let reached = reached(states);
    for (at, state) in states.iter().enumerate() {
        let ident = state.ident.unraw();
        let leads_here = |other: &State<'_>| other.next.contains(&at);
        if !reached.contains(&at) {
            let message = format!(
                "no transition leads to `{ident}`: name it in the `#[next(..)]` of another state, or write `#[initial]` above it and above each other state in which an item can be created"
            );
            cx.error(state.ident, message);
        } else if !state.adds.is_empty() && !states.iter().any(leads_here) {
            let message = format!(
                "no transition leads to `{ident}`, so there is no step that adds fields: leave `adds` out"
            );
            cx.error(state.ident, message);
        }
    }
}

/// Returns the places of all states that an item can get to.
fn reached(states: &[State<'_>]) -> Vec<usize> {
    let initial = states.iter().enumerate().filter(|(_, state)| state.is_initial);
    let mut reached: Vec<usize> = initial.map(|(at, _)| at).collect();
    let mut seen = 0;
    while let Some(state) = reached.get(seen).and_then(|at| states.get(*at)) {
        for next in &state.next {
            if !reached.contains(next) {
                reached.push(*next);
            }
        }
        seen += 1;
    }
    reached
}
