// A template converts strings and numbers to text: `${String(count)}` equals `${count}`.
'use strict';
const ts = require('typescript');

const PLAIN = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike;

function isPlain(type) {
  return type.isUnion() ? type.types.every(isPlain) : (type.flags & PLAIN) !== 0;
}

module.exports = {
  meta: {
    type: 'suggestion',
    fixable: 'code',
    schema: [],
    messages: { needless: 'The template converts this to text: remove String().' },
  },
  create(context) {
    return {
      "TemplateLiteral > CallExpression[callee.name='String'][arguments.length=1]"(call) {
        const [argument] = call.arguments;
        if (argument.type === 'SpreadElement') {
          return;
        }
        if (!isPlain(context.sourceCode.parserServices.getTypeAtLocation(argument))) {
          return;
        }
        context.report({
          node: call,
          messageId: 'needless',
          fix: (fixer) => fixer.replaceText(call, context.sourceCode.getText(argument)),
        });
      },
    };
  },
};
