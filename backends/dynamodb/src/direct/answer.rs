//! Answers of DynamoDB: finding the items in the text, and the text without them.

use crate::codec::{Checker, Place};
use monotable_json::{Cursor, Invalid};

type Result<T> = std::result::Result<T, Invalid>;

/// An answer whose items have been cut out.
pub(super) struct Cut {
    /// The places of the items, in order.
    pub(super) items: Vec<Place>,
    /// What has checked the items, and knows their attributes.
    pub(super) checker: Checker,
    /// The answer without them. A list of items is empty in it, and any other item has no attributes.
    pub(super) rest: String,
}

/// Finds the items of an answer, which are in this member of it.
///
/// # Errors
///
/// If the answer, or an item in it, is not as DynamoDB sends it. The rest of the answer is not checked.
pub(super) fn cut(answer: &str, member: &str) -> Result<Cut> {
    let mut cutter = Cutter {
        answer,
        cursor: Cursor::new(answer),
        checker: Checker::default(),
        items: Vec::new(),
        rest: String::new(),
        copied: 0,
    };
    cutter.answer(member)?;
    cutter.copy(answer.len());
    let Cutter { items, checker, rest, .. } = cutter;
    Ok(Cut { items, checker, rest })
}

struct Cutter<'a> {
    answer: &'a str,
    cursor: Cursor<'a>,
    checker: Checker,
    items: Vec<Place>,
    rest: String,
    /// Up to where the answer has been copied to the rest.
    copied: usize,
}

impl<'a> Cutter<'a> {
    fn answer(&mut self, member: &str) -> Result<()> {
        self.object(|this, name| match name {
            _ if name != member => this.cursor.skip().map(|()| false),
            // Of a get or a refused write, and of another write.
            "Item" | "Attributes" => this.item().map(|()| true),
            // Of a query.
            "Items" => this.list().map(|()| true),
            // Of a batch of gets: a list for each table. Our batches have one table.
            "Responses" if this.cursor.peek() == Some(b'{') => {
                let mut tables = 0;
                this.object(|this, _| {
                    tables += 1;
                    if tables > 1 { Err(Invalid) } else { this.list().map(|()| false) }
                })?;
                Ok(true)
            }
            // Of a transaction of gets, and of a cancelled transaction.
            "Responses" | "CancellationReasons" => this.objects_with_items().map(|()| true),
            _ => this.cursor.skip().map(|()| false),
        })
    }

    /// Moves over an object. `member` moves over the value of the member with this name, and returns
    /// whether there must be no other member with the name.
    fn object(&mut self, mut member: impl FnMut(&mut Self, &'a str) -> Result<bool>) -> Result<()> {
        self.cursor.expect(b'{')?;
        let (mut first, mut once) = (true, None);
        while self.cursor.next(b'}', &mut first)? {
            let name = self.cursor.name()?.plain()?;
            if once == Some(name) {
                return Err(Invalid);
            }
            if member(self, name)? && once.replace(name).is_some() {
                return Err(Invalid);
            }
        }
        Ok(())
    }

    /// Moves over a list of objects, each of which may have an item.
    fn objects_with_items(&mut self) -> Result<()> {
        if self.cursor.peek() != Some(b'[') {
            return self.cursor.skip();
        }
        self.cursor.expect(b'[')?;
        let mut first = true;
        while self.cursor.next(b']', &mut first)? {
            self.object(|this, name| match name {
                "Item" => this.item().map(|()| true),
                _ => this.cursor.skip().map(|()| false),
            })?;
        }
        Ok(())
    }

    /// Cuts out the items of a list.
    fn list(&mut self) -> Result<()> {
        if self.cursor.peek() != Some(b'[') {
            return self.cursor.skip();
        }
        self.cursor.expect(b'[')?;
        self.copy(self.cursor.at());
        let mut first = true;
        let end = loop {
            // The bracket at the end is copied with what follows it.
            self.cursor.peek();
            let end = self.cursor.at();
            if !self.cursor.next(b']', &mut first)? {
                break end;
            }
            self.place()?;
        };
        self.copied = end;
        Ok(())
    }

    /// Cuts out an item that is not in a list.
    fn item(&mut self) -> Result<()> {
        if self.cursor.peek() != Some(b'{') {
            return self.cursor.skip();
        }
        self.copy(self.cursor.at());
        self.place()?;
        self.rest.push_str("{}");
        self.copied = self.cursor.at();
        Ok(())
    }

    fn place(&mut self) -> Result<()> {
        let place = Place::read(&mut self.cursor, &mut self.checker)?;
        self.items.push(place);
        Ok(())
    }

    fn copy(&mut self, end: usize) {
        self.rest.push_str(self.answer.get(self.copied..end).unwrap_or_default());
        self.copied = end;
    }
}
