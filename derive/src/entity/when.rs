//! `when(..)`: which items are in an index.

use crate::attr::path_name;
use crate::ctxt::Ctxt;
use crate::field::{self, Field};
use crate::types::option_of;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitStr, Token};

/// `field = value | value`.
pub(crate) struct When {
    /// The field's position.
    pub(crate) field: usize,
    pub(crate) values: Vec<Value>,
}

pub(crate) enum Value {
    /// `Placed`, and `None`.
    Variant(Ident),
    /// Anything but `None`.
    Some(Ident),
    /// A number, a character or a truth value: its code, and the value as text.
    Literal(TokenStream, String),
    Text(LitStr),
}

impl Value {
    /// Whether no value of the field is both.
    fn excludes(&self, other: &Value) -> bool {
        let is_none = |name: &Ident| name == "None";
        match (self, other) {
            (Value::Variant(a), Value::Variant(b)) => a != b,
            // Other variants can be constants that are equal to anything.
            (Value::Variant(name), _) | (_, Value::Variant(name)) => is_none(name),
            (Value::Literal(_, a), Value::Literal(_, b)) => a != b,
            (Value::Text(a), Value::Text(b)) => a.value() != b.value(),
            _ => false,
        }
    }
}

impl When {
    /// Whether no item meets both conditions.
    pub(crate) fn excludes(&self, other: &When) -> bool {
        self.field == other.field
            && self.values.iter().all(|a| other.values.iter().all(|b| a.excludes(b)))
    }

    /// Reads `when(field = value | value, ..)`.
    pub(crate) fn parse(
        cx: &Ctxt,
        meta: &ParseNestedMeta<'_>,
        fields: &[Field<'_>],
    ) -> syn::Result<Vec<Self>> {
        if !meta.input.peek(syn::token::Paren) {
            let message = "`when` takes conditions on fields: `when(field = None)`, `when(status = Placed | Paid)`";
            return Err(syn::Error::new_spanned(&meta.path, message));
        }
        let mut all = Vec::new();
        meta.parse_nested_meta(|meta| {
            let name = path_name(&meta.path);
            let field = field::find(fields, &name);
            if let Err(known) = &field {
                cx.error(&meta.path, format!("`when` names `{name}`, which is not a field: {known}"));
            }
            if !meta.input.peek(Token![=]) {
                let message = format!("say which values of `{name}` are in the index: `{name} = None`, `{name} = Paid | Shipped`, `{name} = true`");
                return Err(syn::Error::new_spanned(&meta.path, message));
            }
            let values = values(meta.value()?)?;
            all.extend(field.ok().map(|field| When { field, values }));
            Ok(())
        })?;
        Ok(all)
    }

    /// Returns code for whether the condition holds for `__value`, a reference to the field.
    pub(crate) fn test(&self, field: &Field<'_>) -> TokenStream {
        let ty = field.ty;
        let inner = option_of(ty);
        let mut yes = Vec::new();
        let mut no = Vec::new();
        let mut texts = Vec::new();
        for value in &self.values {
            match value {
                Value::Variant(name) if name == "None" => yes.push(quote!(<#ty>::#name)),
                Value::Variant(name) => yes.push(match inner {
                    Some(inner) => quote!(::core::option::Option::Some(<#inner>::#name)),
                    None => quote!(<#ty>::#name),
                }),
                Value::Some(name) => {
                    let none = Ident::new("None", name.span());
                    no.push(quote!(<#ty>::#none));
                }
                Value::Literal(literal, _) => yes.push(match inner {
                    Some(_) => quote!(::core::option::Option::Some(#literal)),
                    None => literal.clone(),
                }),
                Value::Text(text) => texts.push(text_test(inner.is_some(), text)),
            }
        }
        let mut tests = Vec::new();
        if !yes.is_empty() {
            tests.push(quote!(match __value { #(#yes)|* => true, _ => false }));
        }
        if !no.is_empty() {
            tests.push(quote!(match __value { #(#no)|* => false, _ => true }));
        }
        tests.extend(texts);
        match tests.as_slice() {
            [one] => one.clone(),
            many => quote!(#((#many))||*),
        }
    }
}

fn text_test(is_option: bool, text: &LitStr) -> TokenStream {
    let span = text.span();
    let is = quote_spanned!(span=> ::core::convert::AsRef::<str>::as_ref);
    if is_option {
        quote!(::core::option::Option::is_some_and(::core::option::Option::as_ref(__value), |__text| #is(__text) == #text))
    } else {
        quote!(#is(__value) == #text)
    }
}

fn values(input: ParseStream<'_>) -> syn::Result<Vec<Value>> {
    let mut values = vec![value(input)?];
    while input.peek(Token![|]) {
        input.parse::<Token![|]>()?;
        values.push(value(input)?);
    }
    Ok(values)
}

fn value(input: ParseStream<'_>) -> syn::Result<Value> {
    if input.peek(Token![-]) {
        let minus: Token![-] = input.parse()?;
        let number: syn::LitInt = input.parse()?;
        let text = match number.base10_digits() {
            "0" => "0".to_owned(),
            digits => format!("-{digits}"),
        };
        return Ok(Value::Literal(quote!(#minus #number), text));
    }
    if input.peek(Lit) {
        return match input.parse()? {
            Lit::Str(text) => Ok(Value::Text(text)),
            Lit::Bool(value) => Ok(Value::Literal(quote!(#value), value.value.to_string())),
            Lit::Int(value) => Ok(Value::Literal(quote!(#value), value.base10_digits().to_owned())),
            Lit::Char(value) => Ok(Value::Literal(quote!(#value), value.value().to_string())),
            other => Err(syn::Error::new_spanned(
                other,
                "`when` compares with variants, integers, `true`, `false`, text and `None`",
            )),
        };
    }
    let path = input.call(syn::Path::parse_mod_style).map_err(|fault| {
        let message = "`when` compares with variants, integers, `true`, `false`, text and `None`";
        syn::Error::new(fault.span(), message)
    })?;
    match path.segments.last().map(|segment| segment.ident.clone()) {
        Some(name) if name == "Some" => Ok(Value::Some(name)),
        Some(name) => Ok(Value::Variant(name)),
        None => Err(syn::Error::new_spanned(path, "name a variant")),
    }
}
