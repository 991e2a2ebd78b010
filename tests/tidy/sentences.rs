//! The texts that a source holds and that people could read: not what documents
//! it, what its errors say to the log, or what its tests say.

use syn::{Attribute, Expr, ImplItem, Item, LitStr, Token, punctuated::Punctuated, visit::Visit};

use crate::modules::{attributes, is_for_tests, method_attributes};

/// The sentences and labels in a source.
pub fn sentences(source: &str) -> Vec<String> {
    let file = syn::parse_file(source).expect("a source");
    let mut texts = Texts(Vec::new());
    texts.visit_file(&file);
    texts.0.retain(|text| is_said(text));
    texts.0
}

/// True for two words in a row, and for what begins as a sentence or a label does.
fn is_said(text: &str) -> bool {
    let text = without_values(text);
    let mut words = text.split_whitespace().map(is_word).peekable();
    let begins = text
        .split_whitespace()
        .next()
        .is_some_and(|first| is_word(first) && first.starts_with(char::is_uppercase));
    begins || std::iter::from_fn(|| Some(words.next()? && words.peek() == Some(&true))).any(|pair| pair)
}

/// Letters that are read as a word, not as a code: `US` and `DDD` are none.
fn is_word(text: &str) -> bool {
    let word = text.trim_matches(['.', ',', ':', ';', '?', '!', '“', '”']);
    word.chars().count() > 1
        && word.contains(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
}

/// The text with a sign for each value that is written into it.
fn without_values(text: &str) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "∙" + part.split_once('}').map_or(part, |(_, rest)| rest))
}

struct Texts(Vec<String>);

impl<'ast> Visit<'ast> for Texts {
    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.0.push(text.value());
    }

    /// What documents, allows or names an error.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !is_for_tests(method_attributes(item)) {
            syn::visit::visit_impl_item(self, item);
        }
    }

    /// What is expected is said to nobody, unless it fails.
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        if call.method != "expect" {
            call.args.iter().for_each(|argument| self.visit_expr(argument));
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        // What can't be read as a list of values is a pattern: nothing is said there.
        let arguments = called.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        arguments.iter().flatten().for_each(|argument| Visit::visit_expr(self, argument));
    }
}
