//! What an entity's attributes say, looked up and put in order.

use super::when::When;
use crate::serde::FieldAttrs;
use crate::template::{Placeholder, Template};
use quote::ToTokens as _;
use syn::{Ident, Path, Type, Visibility};

pub(crate) struct Entity<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    /// The facade crate.
    pub(crate) krate: Path,
    /// The name that its items carry.
    pub(crate) name: String,
    pub(crate) table: Path,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) primary: Keys,
    /// The access pattern on the primary key.
    pub(crate) primary_pattern: Option<Ident>,
    pub(crate) indexes: Vec<IndexKey>,
}

pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    pub(crate) serde: FieldAttrs,
    /// The constant that stands for it, `STATUS`.
    pub(crate) constant: Ident,
}

/// A template whose fields are positions in the entity.
pub(crate) type Resolved = Template<usize>;
/// A part of one.
pub(crate) type Part = Placeholder<usize>;

/// The templates of the primary key, or of the key on one index.
pub(crate) struct Keys {
    pub(crate) pk: Resolved,
    pub(crate) sk: Resolved,
    /// Whether every item may go to one partition.
    pub(crate) allow_static: bool,
}

pub(crate) struct IndexKey {
    pub(crate) index: Path,
    pub(crate) pattern: Option<Ident>,
    pub(crate) keys: Keys,
    pub(crate) when: Vec<When>,
}

impl Entity<'_> {
    /// Whether the field is part of the primary key.
    pub(crate) fn is_primary(&self, field: usize) -> bool {
        self.primary.parts().any(|part| part.field == field)
    }

    /// Whether the field is part of any key.
    pub(crate) fn is_key(&self, field: usize) -> bool {
        self.is_primary(field)
            || self.indexes.iter().any(|on| on.keys.parts().any(|part| part.field == field))
    }

    /// The indexes that the field's value keeps items out of.
    pub(crate) fn indexes_by(&self, field: usize) -> impl Iterator<Item = &Path> {
        let decided = move |on: &&IndexKey| on.when.iter().any(|when| when.field == field);
        self.indexes.iter().filter(decided).map(|on| &on.index)
    }

    /// The patterns with what they run on: none for the primary key.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&Ident, &Keys, Option<&Path>)> {
        let primary = self.primary_pattern.iter().map(|name| (name, &self.primary, None));
        let indexes = self
            .indexes
            .iter()
            .filter_map(|on| on.pattern.as_ref().map(|name| (name, &on.keys, Some(&on.index))));
        primary.chain(indexes)
    }
}

impl Keys {
    /// The parts of both templates, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.pk.parts().chain(self.sk.parts())
    }
}

/// A type without the parentheses around it, and without those that a macro's `$t:ty` puts there.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// `T` of a type that is written `Option<T>`.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// `T` of a type that is written `Name<T>`, whatever its path.
pub(crate) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.iter().collect::<Vec<_>>().as_slice() {
        [syn::GenericArgument::Type(ty)] => Some(ty),
        _ => None,
    }
}

/// A type as it is written.
pub(crate) fn shown(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}
