//! Templates of columns, and what their keys should be.

use super::columns::{Column, POOL, columns, pool, texts};
use super::values::Value;
use crate::key::{Class, Encoding, Format, PartSpec, Segment, Source, Template, part, render};
use crate::query::{Given, Plan};
use crate::schema::{EntityDef, TableDef};
use proptest::prelude::*;
use std::cmp::Ordering;

impl Column {
    pub(super) fn class(&self) -> Class {
        // A day bucket's part is a time in the template, whose values are dates.
        self.values[0].class()
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.values[0], Value::Text(_))
    }

    pub(super) fn compare(&self, a: &Value, b: &Value) -> Ordering {
        if self.format.descending { b.cmp(a) } else { a.cmp(b) }
    }
}

/// A sort key's template with columns for its parts.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) template: Template,
    pub(super) columns: Vec<Column>,
}

pub(super) fn shapes() -> impl Strategy<Value = Shape> {
    shapes_of(columns().boxed())
}

/// Shapes with at least one text column.
pub(super) fn text_shapes() -> impl Strategy<Value = Shape> {
    let text = pool(Format::OWN, texts(1).prop_map(Value::Text));
    shapes_of(prop_oneof![3 => text, 1 => columns()].boxed())
        .prop_filter("a text column", |shape| shape.columns.iter().any(Column::is_text))
}

pub(super) fn shapes_of(columns: BoxedStrategy<Column>) -> impl Strategy<Value = Shape> {
    let literals =
        || prop::sample::select(vec!["#", "#", "##", "#ITEM#", "#}#", "#(", "", "", "K", "&", "}"]);
    let first = prop::sample::select(vec!["", "", "ORDER#", "#", "A", "}#"]);
    let last = prop::sample::select(vec!["", "", "", "#END"]);
    (first, prop::collection::vec((columns, literals()), 1..4), last).prop_map(
        |(first, parts, last)| {
            let mut segments = vec![];
            let mut text = first.to_owned();
            let mut columns = vec![];
            let count = parts.len();
            for (at, (column, literal)) in parts.into_iter().enumerate() {
                if !text.is_empty() {
                    segments.push(literal_segment(std::mem::take(&mut text)));
                }
                let class = column.class();
                segments.push(part(at as u16, "x", column.format, class));
                let is_last = at + 1 == count;
                let variable = class.width(column.format).is_none();
                text = if is_last { last } else { literal }.to_owned();
                if variable && !text.is_empty() && !text.starts_with('#')
                    || variable && text.is_empty() && !is_last
                {
                    text.insert(0, '#');
                }
                columns.push(column);
            }
            if !text.is_empty() {
                segments.push(literal_segment(text));
            }
            Shape { template: segments.leak(), columns }
        },
    )
}

pub(super) fn literal_segment(text: String) -> Segment {
    Segment::Literal(text.leak())
}

impl Shape {
    /// All tuples that the selection picks, one value of each column's pool.
    pub(super) fn tuple(&self, pick: &[usize]) -> Vec<Value> {
        let pick = pick.iter().chain(std::iter::repeat(&0));
        self.columns.iter().zip(pick).map(|(c, i)| c.values[i % POOL].clone()).collect()
    }

    /// What stands before a column's part in the key, and which segment the part is.
    pub(super) fn prefix(&self, tuple: &[Value], column: usize) -> Option<(String, usize)> {
        let is_it = |segment: &Segment| matches!(segment, Segment::Part(spec) if usize::from(spec.field) == column);
        let segment = self.template.iter().position(is_it)?;
        let part = |spec: &PartSpec| Some(tuple[usize::from(spec.field)].part());
        let prefix =
            render(&self.template[..segment], part, Encoding::Escaped, Source::Given).ok()??;
        Some((prefix, segment))
    }

    /// Returns whether the value of a column is refused because it begins with the literal before it.
    pub(super) fn repeats(&self, column: usize, value: &Value) -> bool {
        let Value::Text(text) = value else { return false };
        let is_it = |segment: &Segment| matches!(segment, Segment::Part(spec) if usize::from(spec.field) == column);
        let before = self.template.iter().position(is_it).and_then(|at| at.checked_sub(1));
        let Some(Segment::Literal(literal)) = before.map(|at| self.template[at]) else {
            return false;
        };
        let literal = literal.trim_start_matches('#');
        literal.ends_with('#') && text.starts_with(literal)
    }

    pub(super) fn key(&self, tuple: &[Value]) -> Option<String> {
        self.key_in(Encoding::Escaped, tuple)
    }

    pub(super) fn key_in(&self, encoding: Encoding, tuple: &[Value]) -> Option<String> {
        let part = |spec: &PartSpec| Some(tuple[usize::from(spec.field)].part());
        // A raw key refuses the separator in a text, and every key a text that repeats its literal.
        render(self.template, part, encoding, Source::Given)
            .ok()
            .flatten()
            .filter(|key| !key.is_empty())
    }

    /// What a table of raw keys takes: no text right after a fixed-width part.
    pub(super) fn can_be_raw(&self) -> bool {
        let variable = |segment: &Segment| match segment {
            Segment::Part(spec) => spec.class.width(spec.format).is_none(),
            Segment::Literal(_) => false,
        };
        let is_part = |segment: &Segment| matches!(segment, Segment::Part(_));
        !self.template.windows(2).any(|pair| is_part(&pair[0]) && variable(&pair[1]))
    }

    pub(super) fn compare(&self, a: &[Value], b: &[Value]) -> Ordering {
        let parts = self.columns.iter().zip(a.iter().zip(b));
        parts
            .map(|(column, (a, b))| column.compare(a, b))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    pub(super) fn plan(&self, bound: &[Value]) -> Plan {
        self.plan_in(Encoding::Escaped, bound).unwrap()
    }

    pub(super) fn plan_in(&self, encoding: Encoding, bound: &[Value]) -> crate::Result<Plan> {
        let pk: Template = &[Segment::Literal("P")];
        let entity: &'static EntityDef =
            Box::leak(Box::new(EntityDef::new("E", [pk, self.template], &[], &[])));
        let names = ["pk", "sk", "_type"];
        let table: &'static TableDef =
            Box::leak(Box::new(TableDef::new("T", names, encoding, &[], &[])));
        let mut plan = Plan::new(table, entity, None, "p", [pk, self.template], false, &[])?;
        for value in bound {
            plan.eq(Given::Part(value.part()))?;
        }
        Ok(plan)
    }
}
