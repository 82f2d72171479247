//! The code for a workflow.

use super::State;
use crate::attr::path_name;
use crate::case::snake;
use crate::ctxt::Faults;
use crate::field::markers;
use crate::spans;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Ident, Path};

/// Returns the name of the module with the markers of the states.
fn module(ident: &Ident) -> Ident {
    let name = snake(&ident.unraw().to_string());
    format_ident!("__{}_states", name, span = Span::call_site())
}

fn place(at: usize) -> Literal {
    Literal::usize_unsuffixed(at)
}

pub(super) fn expand(input: &DeriveInput, krate: &Path, states: &[State<'_>]) -> TokenStream {
    let (ident, module) = (&input.ident, module(&input.ident));
    let name = ident.unraw().to_string();
    let added = added(states);
    let (front, defs) = (front(input, krate, states, &added), states.iter().map(def));
    let variants: Vec<&Ident> = states.iter().map(|state| state.ident).collect();
    let places: Vec<Literal> = (0..states.len()).map(place).collect();
    // The last one is what is returned for any other number.
    let last = states.len().saturating_sub(1);
    let arms = variants.iter().enumerate().map(|(at, variant)| {
        let at = if at == last { quote!(_) } else { place(at).into_token_stream() };
        quote!(#at => #ident::#variant,)
    });
    let markers = states.iter().zip(&places).map(|(state, at)| {
        let (marker, adds) = (state.ident, adds(state, &added, &module));
        let next = state.next.iter().filter_map(|next| states.get(*next)).map(|next| next.ident);
        quote! {
            impl __m::IsState<#ident> for #module::#marker {
                const AT: usize = #at;
                type Adds = #adds;
            }
            #(impl __m::Next<#module::#next> for #module::#marker {})*
        }
    });
    let reached = states.iter().enumerate().filter(|(at, _)| {
        let mut all = states.iter();
        all.any(|state| state.next.contains(at))
    });
    let reached = reached.map(|(_, state)| state.ident);
    let fields = added.iter().map(|added| is_added(added, &module));
    quote! {
        #front
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::Workflow for #ident {}
            #[automatically_derived]
            impl __m::WorkflowImpl for #ident {
                const DEF: &'static __m::WorkflowDef =
                    &__m::WorkflowDef::new(#name, &[#(#defs),*]);
                fn at(&self) -> usize {
                    match self {
                        #(#ident::#variants => #places,)*
                    }
                }
                fn state(__at: usize) -> Self {
                    match __at {
                        #(#arms)*
                    }
                }
            }
            #(#markers)*
            #(#fields)*
            #(impl __m::Reached for #module::#reached {})*
        };
    }
}

/// Returns the markers of the states, and their constants.
fn front(
    input: &DeriveInput,
    krate: &Path,
    states: &[State<'_>],
    added: &[Added<'_>],
) -> TokenStream {
    let (ident, vis, module) = (&input.ident, &input.vis, module(&input.ident));
    let names = states.iter().map(|state| state.ident);
    let names = names.chain(added.iter().map(|added| &added.marker));
    let markers = markers(&module, vis, names);
    let constants = states.iter().map(|state| {
        let (constant, marker) = (&state.constant, state.ident);
        let doc = format!(
            " The state `{}`, for transitions: `{}::{constant}.to(..)`.",
            marker.unraw(),
            ident.unraw()
        );
        quote! {
            #[doc = #doc]
            #vis const #constant: #krate::__private::State<#ident, #module::#marker> =
                #krate::__private::State::new();
        }
    });
    quote! {
        #markers
        #[automatically_derived]
        #[allow(dead_code, private_interfaces, clippy::all)]
        impl #ident {
            #(#constants)*
        }
    }
}

/// Returns a state as data.
fn def(state: &State<'_>) -> TokenStream {
    let (name, stored) = (state.ident.unraw().to_string(), &state.stored);
    let (is_initial, next) = (state.is_initial, state.next.iter().copied().map(place));
    let former = &state.former;
    let former = (!former.is_empty()).then(|| quote!(.former(&[#(#former),*])));
    quote!(__m::StateDef::new([#name, #stored], #is_initial, &[#(#next),*]) #former)
}

/// A field that states add, with the marker that stands for it in lists.
struct Added<'a> {
    field: &'a Path,
    marker: Ident,
}

/// Returns the fields that the states add, each once. The marker of a field has the name of its constant, because the
/// messages of the compiler show it.
fn added<'a>(states: &'a [State<'_>]) -> Vec<Added<'a>> {
    let mut all: Vec<Added<'a>> = Vec::new();
    for field in states.iter().flat_map(|state| &state.adds) {
        let Some(name) = field.segments.last().map(|segment| &segment.ident) else { continue };
        if all.iter().any(|known| path_name(known.field) == path_name(field)) {
            continue;
        }
        let is_taken = all.iter().any(|known| known.marker == *name);
        let marker = if is_taken { format_ident!("{name}_{}", all.len()) } else { name.clone() };
        all.push(Added { field, marker });
    }
    all
}

/// Returns the list of the fields that a step to the state adds, as a type.
fn adds(state: &State<'_>, added: &[Added<'_>], module: &Ident) -> TokenStream {
    let of = |field: &Path| added.iter().find(|it| path_name(it.field) == path_name(field));
    let markers = state.adds.iter().filter_map(of).map(|added| &added.marker);
    markers.rev().fold(quote!(()), |list, marker| quote!((#module::#marker, #list)))
}

/// Returns the code that says which field a marker stands for.
fn is_added(added: &Added<'_>, module: &Ident) -> TokenStream {
    let (field, marker) = (added.field, &added.marker);
    let name = spans::all_at(field.span(), quote!(__m::added));
    let name = quote_spanned!(field.span()=> #name(#field));
    // If there was one implementation only, the compiler would take another field for this one, and report that two
    // names differ.
    quote! {
        impl __m::IsAdded<__m::Name<{ #name }>> for #module::#marker {}
        impl __m::IsAdded<()> for #module::#marker {}
    }
}

/// Returns the code for a workflow with errors: the errors, and a workflow whose steps are of the error type.
pub(super) fn stub(
    input: &DeriveInput,
    krate: &Path,
    states: &[State<'_>],
    faults: &Faults,
) -> TokenStream {
    if !input.generics.params.is_empty() || states.is_empty() {
        return faults.items();
    }
    let (ident, vis, error) = (&input.ident, &input.vis, Faults::error());
    let constants = states.iter().map(|state| {
        let constant = &state.constant;
        quote!(#vis const #constant: #error = #error;)
    });
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        #[allow(dead_code, private_interfaces)]
        impl #ident {
            #(#constants)*
        }
        #[automatically_derived]
        impl __m::Workflow for #ident {}
        #[automatically_derived]
        impl __m::WorkflowImpl for #ident {
            const DEF: &'static __m::WorkflowDef = #error;
            fn at(&self) -> usize {
                loop {}
            }
            fn state(_: usize) -> Self {
                loop {}
            }
        }
    })
}
